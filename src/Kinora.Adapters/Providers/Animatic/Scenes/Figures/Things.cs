namespace Kinora.Adapters.Providers.Animatic.Scenes.Figures;

internal static class Things
{
    private const string Stem = "<path d='M0 0Q-3-30 0-60' stroke='#4C7A4E' stroke-width='4' fill='none' stroke-linecap='round'/><path d='M0-18Q-20-20-26-38Q-6-36 0-18Z' fill='#5C8F58'/><path d='M0-28Q18-30 24-46Q4-46 0-28Z' fill='#4C7A4E'/>";

    internal static readonly Figure[] All =
    [
        new("flower", Stand.Ground, 0.34, 44,
            $"<g transform='translate(-26 0) scale(.74)'>{Stem}<path d='M-16-82Q-16-60 0-58Q16-60 16-82Q8-74 0-86Q-8-74-16-82Z' fill='#E8B04A'/></g><g transform='translate(27 0) scale(.82)'>{Stem}<path d='M-16-82Q-16-60 0-58Q16-60 16-82Q8-74 0-86Q-8-74-16-82Z' fill='#D9574A'/></g>" +
            $"<g>{Stem}<g transform='translate(0 -76)' fill='#F0748A'><ellipse cy='-15' rx='9' ry='14'/><ellipse cy='-15' rx='9' ry='14' transform='rotate(72)'/><ellipse cy='-15' rx='9' ry='14' transform='rotate(144)'/><ellipse cy='-15' rx='9' ry='14' transform='rotate(216)'/><ellipse cy='-15' rx='9' ry='14' transform='rotate(288)'/><circle r='8.500' fill='#F3C45E'/></g></g>") { Shadow = 34 },
        new("kite", Stand.Sky, 0.25, 46,
            "<path d='M-2 8Q-34 90-92 190' stroke='#F7F3EA' stroke-width='1.600' fill='none' opacity='.75'/><path d='M12 44Q34 62 20 82Q6 102 26 124Q36 136 30 148' stroke='#B8342E' stroke-width='2.600' fill='none' stroke-linecap='round'/>" +
            "<path d='M24 66L16 56L34 58Z M24 66L36 74L18 78Z' fill='#F0C45A'/><path d='M14 98L4 92L20 88Z M14 98L8 110L24 104Z' fill='#D9574A'/><path d='M28 130L38 122L40 134Z M28 130L18 132L26 142Z' fill='#F0C45A'/>" +
            "<g transform='rotate(-14)'><path d='M0-60L-36-12L0-12Z' fill='#E5544A'/><path d='M0-60L36-12L0-12Z' fill='#C93F36'/><path d='M-36-12L0 48L0-12Z' fill='#D2463C'/><path d='M36-12L0 48L0-12Z' fill='#B3332C'/><path d='M0-60L0 48M-36-12L36-12' stroke='#7A231E' stroke-width='2'/><path d='M0-60L-10-46L0-40L10-46Z' fill='#F0C45A'/></g>") { Drift = 0.012, Bob = 9, Facing = Facing.Ahead },
        new("cup", Stand.Table, 0.36, 48,
            "<path d='M-12-74Q-20-86-11-96Q-3-106-11-118M8-74Q0-86 9-96Q17-106 9-118' stroke='#FFFFFF' stroke-width='4' fill='none' stroke-linecap='round' opacity='.5'/>" +
            "<ellipse cx='0' cy='-2' rx='50' ry='7' fill='#DDD5C6'/><ellipse cx='0' cy='-4' rx='50' ry='6.500' fill='#F7F1E6'/><path d='M32-52Q58-54 54-34Q50-18 26-18' stroke='#E9E1D2' stroke-width='8' fill='none'/><path d='M-38-62L38-62Q38-6 0-5Q-38-6-38-62Z' fill='#FBF6EC'/><path d='M12-62L38-62Q38-6 0-5Q20-20 12-62Z' fill='#E2D9C9'/><ellipse cx='0' cy='-62' rx='38' ry='8' fill='#E9E1D2'/><ellipse cx='0' cy='-61' rx='33' ry='6' fill='#6B4330'/><path d='M-38-50Q0-40 38-50L37-42Q0-32-37-42Z' fill='#D9574A' opacity='.85'/>") { Shadow = 54, Facing = Facing.Ahead },
        new("book", Stand.Table, 0.34, 70,
            "<path d='M-68-4L-62-52Q-30-62 0-48Q30-62 62-52L68-4Q34-14 0 0Q-34-14-68-4Z' fill='#9C4338'/><path d='M-62-8L-57-55Q-28-63 0-50L0-4Q-30-16-62-8Z' fill='#FBF5E8'/><path d='M62-8L57-55Q28-63 0-50L0-4Q30-16 62-8Z' fill='#EADFCB'/><path d='M-50-46Q-30-50-10-43M-51-36Q-30-40-10-33M-53-26Q-32-30-10-23M50-46Q30-50 10-43M51-36Q30-40 10-33M53-26Q32-30 10-23' stroke='#B8AB95' stroke-width='2' fill='none' stroke-linecap='round'/>") { Shadow = 66, Facing = Facing.Ahead },
        new("candle", Stand.Table, 0.34, 26,
            "<ellipse cx='0' cy='-2' rx='28' ry='6' fill='#8A6A3E'/><rect x='-13' y='-66' width='26' height='64' rx='5' fill='#FBF3E2'/><path d='M3-66L8-66Q13-66 13-61L13-7Q13-2 8-2L3-2Z' fill='#E3D6BC'/><path d='M-13-60Q-8-46-5-58Q-2-40 3-58Q8-50 13-60L13-66L-13-66Z' fill='#FFFFFF'/><path d='M0-66L0-72' stroke='#4A3A2E' stroke-width='2'/><circle cx='0' cy='-84' r='32' fill='#FFDDA0' opacity='.22'/><path d='M0-104Q13-86 8-76Q0-68-8-76Q-13-86 0-104Z' fill='#FFC66B'/><path d='M0-92Q6-82 3-76Q0-73-3-76Q-6-82 0-92Z' fill='#FFF0B4'/>") { Shadow = 28 },
        new("laptop", Stand.Table, 0.4, 66,
            "<rect x='-50' y='-72' width='100' height='66' rx='6' fill='#2B3340'/><rect x='-45' y='-67' width='90' height='56' rx='2' fill='#DCE9EF'/><path d='M-45-67L12-67L-22-11L-45-11Z' fill='#EAF3F7'/><rect x='-34' y='-56' width='38' height='6' rx='3' fill='#D9574A'/><rect x='-34' y='-44' width='60' height='4' rx='2' fill='#94AFC0'/><rect x='-34' y='-36' width='52' height='4' rx='2' fill='#94AFC0'/><rect x='-34' y='-28' width='56' height='4' rx='2' fill='#94AFC0'/><path d='M-64-7L64-7L60 0Q59 2 56 2L-56 2Q-59 2-60 0Z' fill='#B4BEC9'/><path d='M-12-7L12-7L10-4L-10-4Z' fill='#8C98A6'/>") { Shadow = 64, Facing = Facing.Ahead },
        new("bottle", Stand.Table, 0.42, 30,
            "<rect x='-8' y='-106' width='16' height='16' rx='3' fill='#3A2F2A'/><path d='M-7-92L7-92L7-78Q26-70 26-54L26-6Q26 0 20 0L-20 0Q-26 0-26-6L-26-54Q-26-70-7-78Z' fill='#5F9C92'/><path d='M3-92L7-92L7-78Q26-70 26-54L26-6Q26 0 20 0L9 0Q17-40 3-78Z' fill='#4C8279'/><rect x='-26' y='-50' width='52' height='32' fill='#F7F0E0'/><rect x='9' y='-50' width='17' height='32' fill='#E4DAC6'/><rect x='-15' y='-42' width='30' height='4' rx='2' fill='#C94A3D'/><rect x='-11' y='-33' width='22' height='3' rx='1.500' fill='#94877A'/><path d='M-19-62Q-20-56-20-52' stroke='#A9D3CB' stroke-width='4' stroke-linecap='round'/>") { Shadow = 32, Facing = Facing.Ahead },
    ];
}
