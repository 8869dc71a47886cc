namespace Kinora.Adapters.Providers.Animatic.Scenes.Figures;

internal static class Buildings
{
    internal static readonly Figure[] All =
    [
        new("house", Stand.Ground, 0.44, 70,
            "<rect x='28' y='-98' width='13' height='30' fill='#8A5A48'/><path d='M-56-50L56-50L56 0L-56 0Z' fill='#F0E4CE'/><path d='M10-50L56-50L56 0L10 0Z' fill='#D9CAB0'/><path d='M-68-46L-24-92L40-92L68-46Z' fill='#B5523F'/><path d='M-24-92L40-92L68-46L10-46Z' fill='#9A4334'/>" +
            "<path d='M-68-46L-24-92L12-46Z' fill='#F0E4CE'/><path d='M-70-44L-24-94L-20-90L-62-44Z' fill='#7F372B'/><path d='M-24-94L18-44L10-44L-26-86Z' fill='#7F372B'/><rect x='-34' y='-34' width='18' height='34' rx='2' fill='#6B4A36'/><circle cx='-20' cy='-16' r='1.600' fill='#F0C45A'/>" +
            "<rect x='20' y='-36' width='24' height='20' rx='2' fill='#FFE2A0'/><path d='M32-36L32-16M20-26L44-26' stroke='#8A6A4E' stroke-width='2'/><circle cx='-24' cy='-62' r='7' fill='#FFE2A0'/>") { Shadow = 66, Facing = Facing.Ahead },
        new("lighthouse", Stand.Ground, 0.4, 40,
            "<path d='M-44 6Q-40-12-22-12L24-12Q42-10 46 6Z' fill='#6A6660'/><path d='M-30 6Q-26-6-10-8L4 6Z' fill='#7E7972'/><path d='M-15-96L15-96L22-10L-22-10Z' fill='#F7F2E8'/><path d='M4-96L15-96L22-10L6-10Z' fill='#DDD6C8'/>" +
            "<path d='M-17-76L17-76L18.800-54L-18.800-54Z' fill='#C94A3D'/><path d='M-20.200-36L20.200-36L21.400-20L-21.400-20Z' fill='#C94A3D'/><path d='M4.600-76L17-76L18.800-54L5-54Z' fill='#A83C32'/><path d='M5.400-36L20.200-36L21.400-20L5.700-20Z' fill='#A83C32'/>" +
            "<rect x='-20' y='-101' width='40' height='6' rx='2' fill='#3A3F4A'/><rect x='-11' y='-120' width='22' height='20' fill='#FFE9A8'/><path d='M-11-120L-11-100M0-120L0-100M11-120L11-100' stroke='#3A3F4A' stroke-width='2.200'/><path d='M-15-119Q-12-134 0-136Q12-134 15-119Z' fill='#B23F34'/><circle cx='0' cy='-138' r='3' fill='#3A3F4A'/><rect x='-4' y='-50' width='8' height='11' rx='4' fill='#4A5568'/><path d='M-6-10L-6-22Q0-28 6-22L6-10Z' fill='#5B4636'/>") { Facing = Facing.Ahead },
        new("castle", Stand.Ground, 0.56, 76,
            "<path d='M-70 0L-70-58L-64-58L-64-64L-58-64L-58-58L-52-58L-52-64L-46-64L-46-58L-40-58L-40 0Z' fill='#A79E95'/><path d='M40 0L40-70L46-70L46-76L52-76L52-70L58-70L58-76L64-76L64-70L70-70L70 0Z' fill='#948B83'/>" +
            "<path d='M-40 0L-40-44L-32-44L-32-50L-24-50L-24-44L-16-44L-16-50L-8-50L-8-44L8-44L8-50L16-50L16-44L24-44L24-50L32-50L32-44L40-44L40 0Z' fill='#B8AFA6'/><path d='M-14-44L-14-96L14-96L14-44Z' fill='#A79E95'/><path d='M-20-94L0-128L20-94Z' fill='#8C4A4A'/><path d='M-74-58L-55-88L-36-58Z' fill='#8C4A4A'/><path d='M0-128L0-142L14-137L0-132Z' fill='#D9574A'/>" +
            "<path d='M-13 0L-13-20Q0-36 13-20L13 0Z' fill='#5A4638'/><rect x='-4' y='-82' width='8' height='14' rx='4' fill='#FFE2A0'/><rect x='-59' y='-44' width='8' height='13' rx='4' fill='#FFE2A0'/><rect x='51' y='-54' width='8' height='13' rx='4' fill='#FFE2A0'/>") { Shadow = 76, Facing = Facing.Ahead },
        new("tent", Stand.Ground, 0.3, 84,
            "<path d='M-62 0L-10-70L54 0Z' fill='#D98A3D'/><path d='M-10-70L54 0L16 0Z' fill='#B66F2E'/><path d='M-34 0L-10-58L6 0Z' fill='#FFE2A0'/><path d='M-10-58L6 0L-8 0Z' fill='#E8B860'/>" +
            "<path d='M66 0L90-6M66-6L90 0' stroke='#5B4030' stroke-width='5' stroke-linecap='round'/><path d='M78-4Q64-16 74-34Q78-26 82-38Q94-20 86-6Z' fill='#F0883C'/><path d='M79-4Q72-12 78-24Q88-14 83-4Z' fill='#FFD98A'/>") { Shadow = 76 },
        new("tree", Stand.Ground, 0.56, 56,
            "<path d='M-6 0Q-4-26-6-46L6-46Q4-26 8 0Z' fill='#6B4A36'/><path d='M0-40L22-58M0-32L-20-52' stroke='#6B4A36' stroke-width='4' stroke-linecap='round'/><circle cx='-26' cy='-62' r='25' fill='#5C8A55'/><circle cx='24' cy='-64' r='27' fill='#4E7A4A'/><circle cx='0' cy='-86' r='31' fill='#679760'/><circle cx='-14' cy='-94' r='15' fill='#7BAA70' opacity='.7'/><circle cx='2' cy='-58' r='22' fill='#5C8A55'/>") { Shadow = 50 },
        new("cactus", Stand.Ground, 0.4, 34,
            "<path d='M-10 0L-10-84Q-10-96 0-96Q10-96 10-84L10 0Z' fill='#4F8560'/><path d='M3-96Q10-95 10-84L10 0L3 0Z' fill='#427151'/><path d='M-10-34L-20-34Q-32-34-32-46L-32-62Q-32-68-26-68Q-20-68-20-62L-20-48L-10-48Z' fill='#4F8560'/><path d='M10-26L20-26Q32-26 32-38L32-56Q32-62 26-62Q20-62 20-56L20-40L10-40Z' fill='#427151'/><circle cx='0' cy='-97' r='5' fill='#E87A8B'/>") { Shadow = 26 },
    ];
}
