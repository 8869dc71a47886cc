namespace Kinora.Adapters.Providers.Animatic.Scenes.Figures;

internal static class Animals
{
    private const string Gull = "<path d='M-42-12Q-22-34 0-6Q22-34 42-12Q20-22 4 4Q0 7-4 4Q-20-22-42-12Z' fill='#F3F1EA'/><path d='M-42-12Q-30-24-20-24Q-32-20-42-12ZM42-12Q30-24 20-24Q32-20 42-12Z' fill='#5D6672'/>";

    internal static readonly Figure[] All =
    [
        new("cat", Stand.Ground, 0.24, 46,
            "<path d='M22-6Q52-4 50-30Q49-44 58-50' stroke='#C77B3E' stroke-width='9' fill='none' stroke-linecap='round'/>" +
            "<path d='M-22 0Q-34-2-27-28Q-22-50-12-60L14-60Q34-40 32-14Q32 0 22 0Z' fill='#DE9350'/><path d='M6-60L14-60Q34-40 32-14Q32 0 22 0L8 0Q22-26 6-60Z' fill='#C77B3E'/>" +
            "<path d='M-12-54Q-2-44 6-54Q6-34-3-28Q-13-34-12-54Z' fill='#F7E6CF'/><path d='M-16 0Q-18-8-10-9L-2-9Q3-8 2 0Z' fill='#F7E6CF'/><path d='M4 0Q3-8 10-9L14-9Q20-8 19 0Z' fill='#EBD5B8'/>" +
            "<path d='M-22-82L-21-104Q-12-100-6-93Z' fill='#DE9350'/><path d='M20-82L19-104Q10-100 4-93Z' fill='#C77B3E'/><path d='M-18-88L-18-98L-11-93Z' fill='#F2B6A0'/>" +
            "<path d='M-24-76Q-24-96-1-96Q22-96 22-76Q22-58-1-58Q-24-58-24-76Z' fill='#DE9350'/><path d='M-12-66Q-1-74 10-66Q8-58-1-58Q-10-58-12-66Z' fill='#F7E6CF'/>" +
            "<ellipse cx='-10' cy='-77' rx='2.6' ry='3.6' fill='#2D2622'/><ellipse cx='8' cy='-77' rx='2.6' ry='3.6' fill='#2D2622'/><path d='M-3.4-70L1.4-70L-1-67Z' fill='#8A4A3C'/>" +
            "<path d='M-5-95L-3-86M3-95L1-86M-1-96L-1-84' stroke='#B96C33' stroke-width='2.6' stroke-linecap='round'/>") { Shadow = 36, Facing = Facing.Left },
        new("sleepingcat", Stand.Ground, 0.27, 66,
            "<path d='M-58-2Q-66-30-34-42Q10-60 46-36Q68-20 60-2Q58 0 54 0L-54 0Q-57 0-58-2Z' fill='#DE9350'/><path d='M18-49Q34-46 46-36Q68-20 60-2Q58 0 54 0L8 0Q48-14 18-49Z' fill='#C77B3E'/>" +
            "<path d='M-8-51Q-4-42-8-34M6-52Q11-42 8-32M20-49Q27-40 25-30' stroke='#B96C33' stroke-width='3.4' fill='none' stroke-linecap='round'/>" +
            "<path d='M58-8Q50 0 20-2Q-4-4-14-9' stroke='#C77B3E' stroke-width='10' fill='none' stroke-linecap='round'/><path d='M-4-6Q-10-7-14-9' stroke='#F7E6CF' stroke-width='10' fill='none' stroke-linecap='round'/>" +
            "<path d='M-62-30L-62-50Q-53-46-48-40Z' fill='#DE9350'/><path d='M-26-32L-22-51Q-31-48-37-42Z' fill='#C77B3E'/><path d='M-59-36L-59-45L-53-40Z' fill='#F2B6A0'/>" +
            "<path d='M-67-20Q-68-42-44-42Q-20-42-21-20Q-22 0-44 0Q-66 0-67-20Z' fill='#E39A58'/><path d='M-56-9Q-44-19-32-9Q-34 0-44 0Q-54 0-56-9Z' fill='#F7E6CF'/>" +
            "<path d='M-59-21Q-55-16-51-21M-37-21Q-33-16-29-21' stroke='#4A352A' stroke-width='2.2' fill='none' stroke-linecap='round'/><path d='M-46.5-13L-41.5-13L-44-10Z' fill='#8A4A3C'/>") { Shadow = 66, Facing = Facing.Left },
        new("dog", Stand.Ground, 0.27, 56,
            "<path d='M40-48Q58-54 58-72' stroke='#A9713F' stroke-width='8' fill='none' stroke-linecap='round'/>" +
            "<path d='M22-30L24 0L34 0L38-34Z' fill='#8F5D33'/><path d='M-22-30L-20 0L-10 0L-8-30Z' fill='#8F5D33'/>" +
            "<path d='M-34-58Q-10-64 30-58Q46-56 46-40Q46-28 36-24Q0-18-22-24Q-36-30-34-58Z' fill='#B97F49'/><path d='M-30-32L-32 0L-21 0L-16-28Z' fill='#B97F49'/><path d='M30-30L34 0L45 0L45-38Z' fill='#B97F49'/>" +
            "<path d='M-34-46Q-28-24-14-24Q-24-34-20-58Z' fill='#F3E3CB'/><path d='M-18-56Q-24-78-38-88L-56-82Q-72-76-70-66Q-68-62-58-62L-48-60Q-42-48-30-42Z' fill='#C58B54'/>" +
            "<path d='M-56-72Q-74-76-71-66Q-69-60-56-61Z' fill='#F3E3CB'/><circle cx='-71' cy='-70' r='3.4' fill='#2D2622'/><circle cx='-52' cy='-76' r='2.6' fill='#2D2622'/>" +
            "<path d='M-38-88Q-28-90-25-78Q-24-62-30-60Q-40-66-42-82Z' fill='#8F5D33'/><path d='M-33-54Q-26-50-19-54L-18-49Q-26-44-34-49Z' fill='#D5483C'/>") { Shadow = 48, Facing = Facing.Left },
        new("fox", Stand.Ground, 0.26, 72,
            "<path d='M28-46Q50-64 70-48Q88-30 68-14Q54-8 48-20Q54-34 30-34Z' fill='#D9692B'/><path d='M70-48Q88-30 68-14Q58-10 52-15Q66-22 65-51Q68-50 70-48Z' fill='#FBF3E4'/>" +
            "<path d='M20-28L24 0L32 0L34-32Z' fill='#4A2B22'/><path d='M-24-28L-20 0L-12 0L-10-28Z' fill='#4A2B22'/><path d='M-32-52Q-8-58 26-52Q42-50 42-38Q42-26 32-23Q0-18-22-23Q-36-30-32-52Z' fill='#E07A34'/>" +
            "<path d='M-30-30L-31 0L-22 0L-18-26Z' fill='#E07A34'/><path d='M-30.500-15L-31 0L-22 0L-20.500-15Z' fill='#3A231D'/><path d='M28-30L31 0L40 0L41-34Z' fill='#E07A34'/><path d='M29.500-15L31 0L40 0L40.400-15Z' fill='#3A231D'/>" +
            "<path d='M-34-44Q-30-22-16-22Q-24-32-20-52Z' fill='#FBF3E4'/><path d='M-34-80L-27-100L-19-74Z' fill='#C9602A'/><path d='M-16-50Q-19-70-32-80L-52-77Q-66-66-84-58Q-82-52-70-51L-50-51Q-42-43-29-41Z' fill='#E58440'/>" +
            "<path d='M-58-65Q-70-60-84-58Q-82-52-70-51L-50-51Q-40-53-44-60Q-50-66-58-65Z' fill='#FBF3E4'/><path d='M-52-76L-50-102L-34-81Z' fill='#E07A34'/><path d='M-47.500-80L-47-94L-38-82Z' fill='#3A231D'/>" +
            "<circle cx='-83' cy='-57' r='3.400' fill='#2D2622'/><circle cx='-56' cy='-69' r='2.700' fill='#2D2622'/>") { Shadow = 52, Facing = Facing.Left },
        new("rabbit", Stand.Ground, 0.2, 46,
            "<circle cx='38' cy='-16' r='10' fill='#FBF6EE'/><path d='M-26-12Q-30-44 2-50Q38-52 40-20Q40 0 26 0L-18 0Q-25-2-26-12Z' fill='#B79A80'/><path d='M6-8Q6-34 24-36Q42-34 40-14Q38 0 26 0L14 0Q6-2 6-8Z' fill='#A5876D'/>" +
            "<path d='M-28-92Q-36-122-26-128Q-16-124-18-92Z' fill='#A5876D'/><path d='M-14-92Q-16-124-4-128Q6-120-2-90Z' fill='#B79A80'/><path d='M-11-94Q-12-116-5-120Q1-114-4-92Z' fill='#EDB9AE'/>" +
            "<path d='M-40-62Q-40-90-16-90Q8-88 8-64Q8-44-16-44Q-38-44-40-62Z' fill='#C3A78D'/><path d='M-40-60Q-38-68-28-66Q-20-60-26-50Q-38-50-40-60Z' fill='#F3E8DA'/><circle cx='-20' cy='-71' r='3.600' fill='#2D2622'/><path d='M-41-64L-35-64L-38-60Z' fill='#B5655C'/>" +
            "<path d='M-26-14Q-28-30-18-34Q-10-22-14-8L-14 0L-30 0Q-32-6-26-7Z' fill='#C3A78D'/><path d='M10 0Q8-8 18-9L30-8Q36-6 34 0Z' fill='#F3E8DA'/>") { Shadow = 38, Facing = Facing.Left },
        new("penguin", Stand.Ground, 0.28, 36,
            "<path d='M-20-2Q-24-8-12-9L-4-8Q0-4-4 0L-18 0Z' fill='#E89A3C'/><path d='M20-2Q24-8 12-9L4-8Q0-4 4 0L18 0Z' fill='#DB8B2E'/><path d='M-30-42Q-42-30-38-14Q-30-22-26-34Z' fill='#242B38'/><path d='M30-42Q42-30 38-14Q30-22 26-34Z' fill='#1C222D'/>" +
            "<path d='M-30-38Q-32-4 0-4Q32-4 30-38Q28-62 22-76Q18-98 0-98Q-18-98-22-76Q-28-62-30-38Z' fill='#2B3342'/><path d='M-21-36Q-22-8 0-7Q22-8 21-36Q20-58 10-66Q0-70-10-66Q-20-58-21-36Z' fill='#FBF8F0'/><path d='M6-66Q20-58 21-36Q22-8 0-7Q14-20 6-66Z' fill='#E6E2D6'/>" +
            "<path d='M-16-78Q-16-90-6-86Q0-82 6-86Q16-90 16-78Q14-66 0-68Q-14-66-16-78Z' fill='#FBF8F0'/><circle cx='-7' cy='-80' r='2.800' fill='#1D222C'/><circle cx='7' cy='-80' r='2.800' fill='#1D222C'/><path d='M-6-74L6-74L0-66Z' fill='#E89A3C'/>") { Shadow = 30, Facing = Facing.Ahead },
        new("bird", Stand.Sky, 0.2, 60, Gull + $"<g transform='translate(-78 34) scale(.55)'>{Gull}</g><g transform='translate(70 44) scale(.44)'>{Gull}</g>") { Drift = 0.035, Bob = 5 },
        new("fish", Stand.Sky, 0.26, 70,
            "<path d='M-34-2Q-52-24-68-24Q-60-2-68 20Q-52 20-34-2Z' fill='#E06A35'/><path d='M-8-24Q6-42 26-36Q20-26 22-20Z' fill='#E06A35'/><path d='M-2 20Q4 34 20 32Q16 24 18 18Z' fill='#C9572A'/>" +
            "<path d='M-42-2Q-14-34 22-26Q50-18 56-2Q48 16 22 23Q-14 28-42-2Z' fill='#F28A45'/><path d='M-42-2Q-10 10 56-2Q48 16 22 23Q-14 28-42-2Z' fill='#E57A3A'/>" +
            "<path d='M18-26.500Q8-2 18 23.500Q30 20 33 18Q24-2 33-22Q26-26 18-26.500Z' fill='#FBF3E4'/><path d='M-18-20Q-24-2-18 14Q-12 19-7 20Q-13-2-7-24Q-13-23-18-20Z' fill='#FBF3E4'/>" +
            "<circle cx='42' cy='-8' r='4.600' fill='#FFFFFF'/><circle cx='43' cy='-8' r='2.700' fill='#22242E'/>") { Drift = 0.03, Bob = 7 },
        new("whale", Stand.Sky, 0.42, 90,
            "<path d='M-58-6Q-80-14-94-34Q-76-38-64-24Q-62-42-46-50Q-46-28-50-12Z' fill='#3B6488'/>" +
            "<path d='M-62-12Q-30-4-8-20Q20-42 58-34Q88-26 88-2Q86 24 44 28Q-14 32-62-12Z' fill='#47779F'/><path d='M-30 6Q20 4 88-2Q86 24 44 28Q2 31-30 6Z' fill='#D9E4EA'/>" +
            "<path d='M20 14Q60 12 84 8M26 21Q56 20 76 17' stroke='#B4C7D2' stroke-width='2' fill='none' stroke-linecap='round'/><path d='M14 6Q16 30-6 40Q-6 20 0 6Z' fill='#3B6488'/><circle cx='60' cy='-8' r='3.200' fill='#1D2A38'/>") { Drift = 0.025, Bob = 6 },
        new("horse", Stand.Ground, 0.4, 62,
            "<path d='M44-66Q62-62 60-30Q56-22 52-28Q54-46 42-52Z' fill='#3A241C'/><path d='M-20-40L-24-20L-22 0L-15 0L-14-20L-8-38Z' fill='#6A3F29'/><path d='M30-40L36-22L32 0L39 0L44-22L42-44Z' fill='#6A3F29'/>" +
            "<path d='M-34-64Q-10-60 14-66Q40-72 48-58Q52-42 42-34Q10-30-22-34Q-38-40-34-64Z' fill='#8A5537'/><path d='M-32-44L-34-20L-32 0L-24 0L-23-20L-18-36Z' fill='#8A5537'/><path d='M36-44L46-22L44 0L52 0L54-24L48-52Z' fill='#8A5537'/>" +
            "<path d='M-16-60Q-24-82-38-100L-46-110L-46-98Q-60-86-70-76Q-72-68-64-66Q-54-70-46-76Q-44-58-32-46Z' fill='#94603F'/><path d='M-42-104Q-24-98-14-62Q-22-62-24-68Q-30-90-42-98Z' fill='#3A241C'/><circle cx='-53' cy='-86' r='2.200' fill='#20150F'/>") { Shadow = 52, Facing = Facing.Left },
        new("butterfly", Stand.Sky, 0.2, 46,
            "<path d='M-2-2Q-20-44-44-34Q-50-10-4 0Z' fill='#E8884B'/><path d='M2-2Q20-44 44-34Q50-10 4 0Z' fill='#DB7739'/><path d='M-3 0Q-34 6-28 28Q-12 36-2 4Z' fill='#F0B04F'/><path d='M3 0Q34 6 28 28Q12 36 2 4Z' fill='#E0A042'/>" +
            "<circle cx='-30' cy='-24' r='5' fill='#FBF0DC'/><circle cx='30' cy='-24' r='5' fill='#FBF0DC'/><ellipse cx='0' cy='2' rx='2.800' ry='16' fill='#3A2A2A'/><path d='M-1-13Q-6-26-14-28M1-13Q6-26 14-28' stroke='#3A2A2A' stroke-width='1.800' fill='none' stroke-linecap='round'/>") { Drift = 0.02, Bob = 8 },
    ];
}
