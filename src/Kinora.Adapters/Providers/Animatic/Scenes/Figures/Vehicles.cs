namespace Kinora.Adapters.Providers.Animatic.Scenes.Figures;

internal static class Vehicles
{
    private const string Wheel = "<circle r='13' fill='#23262E'/><circle r='6' fill='#C9CDD3'/>";

    private const string Carriage =
        "<rect x='-70' y='-60' width='140' height='50' rx='7' fill='#2F6F73'/><rect x='-70' y='-26' width='140' height='6' fill='#E7D9B4'/>" +
        "<rect x='-60' y='-52' width='22' height='19' rx='3' fill='#FFE2A0'/><rect x='-28' y='-52' width='22' height='19' rx='3' fill='#FFE2A0'/><rect x='4' y='-52' width='22' height='19' rx='3' fill='#FFE2A0'/><rect x='36' y='-52' width='22' height='19' rx='3' fill='#FFE2A0'/>" +
        "<circle cx='-46' cy='-8' r='8' fill='#262A33'/><circle cx='-24' cy='-8' r='8' fill='#262A33'/><circle cx='24' cy='-8' r='8' fill='#262A33'/><circle cx='46' cy='-8' r='8' fill='#262A33'/>";

    internal static readonly Figure[] All =
    [
        new("paperboat", Stand.Water, 0.3, 66,
            "<path d='M0-80L33-28L0-16L-33-28Z' fill='#FFFFFF'/><path d='M0-80L33-28L0-16Z' fill='#DDD8CE'/>" +
            "<path d='M-66-40L-33-28L0-16L33-28L66-40L42 2L-42 2Z' fill='#F7F3EA'/><path d='M0-16L33-28L66-40L42 2L0 2Z' fill='#D3CCBF'/><path d='M-66-40L-33-28L-42 2Z' fill='#FFFFFF' opacity='.7'/>") { Drift = 0.03, Bob = 2.4 },
        new("sailboat", Stand.Water, 0.46, 60,
            "<rect x='-1.600' y='-112' width='3.200' height='92' fill='#5B4636'/><path d='M5-108Q50-66 50-26L5-26Z' fill='#FBF3E2'/><path d='M5-108Q50-66 50-26L30-26Q34-70 5-108Z' fill='#E4D8C0'/><path d='M-5-98Q-34-62-42-26L-5-26Z' fill='#E9705A'/>" +
            "<path d='M-58-20L62-20Q52 2 36 3L-36 3Q-52 2-58-20Z' fill='#7B3B32'/><path d='M-58-20L62-20L59-14L-56-14Z' fill='#F4E9D6'/>") { Drift = 0.02, Bob = 2.2 },
        new("car", Stand.Ground, 0.34, 84,
            "<path d='M-46-38Q-34-66-22-66L22-66Q34-66 50-38Z' fill='#C94A3D'/><path d='M-38-40Q-29-60-20-60L-2-60L-2-40Z' fill='#BFD9E4'/><path d='M4-60L20-60Q29-60 40-40L4-40Z' fill='#A9C8D6'/>" +
            "<path d='M-80-14Q-82-36-62-39L-46-40L50-40Q78-38 82-22L82-14Q82-10 76-10L-76-10Q-80-10-80-14Z' fill='#D9574A'/><path d='M-80-20L82-20L82-14Q82-10 76-10L-76-10Q-80-10-80-14Z' fill='#B3443A'/>" +
            "<rect x='74' y='-32' width='8' height='7' rx='3' fill='#FFE9A8'/><rect x='-80' y='-32' width='6' height='7' rx='3' fill='#8E2B26'/><rect x='-4' y='-36' width='10' height='2.400' rx='1.200' fill='#8E2B26'/>" +
            $"<g transform='translate(-48 -12)'>{Wheel}</g><g transform='translate(50 -12)'>{Wheel}</g>") { Drift = 0.05, Shadow = 84 },
        new("bus", Stand.Ground, 0.42, 92,
            "<rect x='-88' y='-86' width='176' height='76' rx='11' fill='#E3A13B'/><rect x='-88' y='-34' width='176' height='8' fill='#FBF1DC'/><rect x='-88' y='-26' width='176' height='16' rx='5' fill='#C98A2D'/>" +
            "<rect x='-78' y='-76' width='28' height='32' rx='4' fill='#CFE3EA'/><rect x='-44' y='-76' width='28' height='32' rx='4' fill='#CFE3EA'/><rect x='-10' y='-76' width='28' height='32' rx='4' fill='#BBD5DF'/><rect x='24' y='-76' width='28' height='32' rx='4' fill='#BBD5DF'/><path d='M58-76L78-76Q84-76 84-68L84-44L58-44Z' fill='#A9C8D6'/>" +
            $"<g transform='translate(-52 -12)'>{Wheel}</g><g transform='translate(52 -12)'>{Wheel}</g>") { Drift = 0.04, Shadow = 92 },
        new("train", Stand.Ground, 0.36, 150,
            $"<g transform='translate(-148 0)'>{Carriage}</g><rect x='-82' y='-20' width='10' height='6' fill='#262A33'/>" +
            "<rect x='-72' y='-74' width='52' height='62' rx='6' fill='#A8402F'/><rect x='-62' y='-64' width='30' height='22' rx='4' fill='#FFE2A0'/><rect x='-78' y='-80' width='64' height='8' rx='4' fill='#2B2F3A'/>" +
            "<rect x='-26' y='-52' width='82' height='36' rx='14' fill='#BE4B38'/><rect x='-26' y='-32' width='82' height='18' fill='#8E3527'/><rect x='34' y='-72' width='12' height='22' fill='#2B2F3A'/><path d='M30-78L50-78L47-70L33-70Z' fill='#2B2F3A'/><circle cx='6' cy='-54' r='8' fill='#E2B04A'/>" +
            "<path d='M54-16L76 0L50 0Z' fill='#2B2F3A'/><circle cx='58' cy='-36' r='6' fill='#FFE9A8'/><circle cx='-50' cy='-10' r='11' fill='#262A33'/><circle cx='-14' cy='-10' r='11' fill='#262A33'/><circle cx='20' cy='-10' r='11' fill='#262A33'/><rect x='-52' y='-12' width='74' height='4' rx='2' fill='#C9CDD3'/>" +
            "<circle cx='40' cy='-92' r='9' fill='#F1EEE8' opacity='.75'/><circle cx='26' cy='-106' r='12' fill='#F1EEE8' opacity='.55'/><circle cx='4' cy='-118' r='15' fill='#F1EEE8' opacity='.35'/>") { Drift = 0.05, Shadow = 70 },
        new("bicycle", Stand.Ground, 0.32, 62,
            "<g fill='none' stroke='#2A2E38' stroke-width='4'><circle cx='-38' cy='-24' r='22'/><circle cx='38' cy='-24' r='22'/></g><path d='M-38-24L-14-58L26-58L-2-24Z M-14-58L-2-24 M26-58L38-24 M26-58L22-72L34-76 M-14-58L-18-68' fill='none' stroke='#C94A3D' stroke-width='4.500' stroke-linejoin='round' stroke-linecap='round'/>" +
            "<path d='M-28-70L-8-70' stroke='#2A2E38' stroke-width='6' stroke-linecap='round'/><circle cx='-2' cy='-24' r='6' fill='#2A2E38'/><path d='M30-62L52-62L48-46L34-46Z' fill='#C79A5B'/><circle cx='36' cy='-66' r='5' fill='#EE8E6E'/><circle cx='43' cy='-69' r='5' fill='#F3C45E'/><circle cx='49' cy='-65' r='4.500' fill='#E8705F'/>") { Shadow = 58 },
        new("airplane", Stand.Sky, 0.36, 96,
            "<path d='M-66-18L-88-46L-72-46L-46-16Z' fill='#C94A3D'/><path d='M-10-6L-44 30L-26 30L26-4Z' fill='#B8C3CE'/>" +
            "<path d='M-84-16Q-80-24-60-22L56-22Q88-20 94-6Q90 4 60 5L-40 4Q-74 2-84-16Z' fill='#F2F4F6'/><path d='M-78-8L94-6Q90 4 60 5L-40 4Q-66 2-78-8Z' fill='#D3DAE1'/>" +
            "<path d='M70-18Q84-15 88-9L72-9Z' fill='#3B5068'/><g fill='#5B7896'><circle cx='-30' cy='-13' r='3'/><circle cx='-16' cy='-13' r='3'/><circle cx='-2' cy='-13' r='3'/><circle cx='12' cy='-13' r='3'/><circle cx='26' cy='-13' r='3'/><circle cx='40' cy='-13' r='3'/></g><path d='M6-2L-30 34L-12 36L44 0Z' fill='#DDE3E9'/>") { Drift = 0.06, Bob = 2 },
        new("balloon", Stand.Sky, 0.4, 46,
            "<path d='M-14 30L-10 52M14 30L10 52' stroke='#6B5240' stroke-width='1.800'/><rect x='-12' y='50' width='24' height='17' rx='4' fill='#9A6B3F'/><rect x='-12' y='50' width='24' height='5' rx='2' fill='#7C5431'/>" +
            "<path d='M0-70Q46-68 46-22Q44 8 16 34L-16 34Q-44 8-46-22Q-46-68 0-70Z' fill='#D9574A'/><path d='M0-70Q26-60 26-22Q24 10 9 34L-9 34Q-24 10-26-22Q-26-60 0-70Z' fill='#F6E3BE'/><path d='M0-70Q10-60 10-22Q9 12 4 34L-4 34Q-9 12-10-22Q-10-60 0-70Z' fill='#E8A24A'/><path d='M0-70Q46-68 46-22Q44 8 16 34L9 34Q36 0 30-30Q26-60 0-70Z' fill='#A93F36' opacity='.5'/>") { Drift = 0.012, Bob = 4 },
        new("rocket", Stand.Sky, 0.4, 34,
            "<path d='M-10 40Q0 92 10 40Z' fill='#FFD58A'/><path d='M-16 38Q0 72 16 38Z' fill='#EE8A3C' opacity='.8'/><path d='M-20 4Q-36 18-34 42L-16 32Z' fill='#C94A3D'/><path d='M20 4Q36 18 34 42L16 32Z' fill='#A83C32'/>" +
            "<path d='M0-74Q26-44 22 10L16 38L-16 38L-22 10Q-26-44 0-74Z' fill='#F1F3F5'/><path d='M0-74Q26-44 22 10L16 38L4 38Q14-30 0-74Z' fill='#CED6DE'/><path d='M0-74Q13-58 18-38L-18-38Q-13-58 0-74Z' fill='#C94A3D'/><circle cx='0' cy='-16' r='10' fill='#3B5068'/><circle cx='0' cy='-16' r='6.500' fill='#8FC1DC'/><rect x='-12' y='36' width='24' height='6' rx='2' fill='#5C6B7A'/>") { Drift = 0.0, Bob = 3 },
    ];
}
