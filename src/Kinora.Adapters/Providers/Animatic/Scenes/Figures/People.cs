namespace Kinora.Adapters.Providers.Animatic.Scenes.Figures;

internal static class People
{
    private const string Walker =
        "<path d='M-9-42L-13-4Q-13 0-9 0L-3 0L1-40Z' fill='#2E3A52'/><path d='M0-42L7-22L10-4Q10 0 14 0L18-1L14-24L11-44Z' fill='#37455F'/>" +
        "<path d='M-12-78Q-14-84 0-85Q13-84 13-78L17-36Q0-30-17-36Z' fill='#C4563F'/><path d='M3-85Q13-84 13-78L17-36Q10-33 4-33Z' fill='#A54433'/>" +
        "<path d='M-11-79Q-15-77-17-66L-20-50Q-20-46-16-46Q-14-46-13-50L-8-68Z' fill='#B54C39'/>" +
        "<path d='M-8-86Q0-80 8-86L9-80Q0-75-9-80Z' fill='#F0C45A'/><path d='M7-82L12-66L8-65L3-80Z' fill='#E0B048'/>" +
        "<circle cx='0' cy='-93' r='8.6' fill='#EBC3A0'/><path d='M-9-92Q-11-104 0-104Q11-104 9-93Q7-98 0-98Q-6-98-7-91Z' fill='#3A2A2A'/>";

    private const string Friend =
        "<path d='M-9-40L-9-3Q-9 0-6 0L-1 0L0-38Z' fill='#4A4038'/><path d='M1-40L3-3Q3 0 6 0L11 0L11-38Z' fill='#584C42'/>" +
        "<path d='M-12-74Q-13-80 0-81Q12-80 12-74L16-34Q0-28-16-34Z' fill='#3E7C86'/><path d='M3-81Q12-80 12-74L16-34Q9-31 4-31Z' fill='#33666F'/>" +
        "<path d='M11-75Q15-73 16-62L19-48Q19-44 15-44Q13-44 12-48L8-64Z' fill='#387079'/>" +
        "<circle cx='0' cy='-88' r='8.2' fill='#D9A884'/><path d='M-9-84Q-12-100 0-98Q12-100 9-84Q8-92 0-93Q-8-92-9-84Z' fill='#6B4226'/><path d='M-9-90Q-12-76-8-72L-5-82Z' fill='#6B4226'/>";

    internal static readonly Figure[] All =
    [
        new("person", Stand.Ground, 0.34, 24, Walker) { Shadow = 24 },
        new("couple", Stand.Ground, 0.34, 40,
            $"<g transform='translate(-17 0)'>{Walker}</g><g transform='translate(18 0)'>{Friend}</g>") { Shadow = 42 },
        new("umbrella", Stand.Ground, 0.34, 46,
            Walker + "<path d='M-17-50L-17-112' stroke='#3B3B46' stroke-width='2.2' stroke-linecap='round'/>" +
            "<path d='M-59-102Q-56-138-17-140Q22-138 25-102Q18-109 11-102Q4-109-3-102Q-10-109-17-102Q-24-109-31-102Q-38-109-45-102Q-52-109-59-102Z' fill='#D9483B'/>" +
            "<path d='M-17-140Q22-138 25-102Q18-109 11-102Q8-128-17-140Z' fill='#B83A30'/><path d='M-17-140L-17-146' stroke='#3B3B46' stroke-width='2.2' stroke-linecap='round'/>") { Shadow = 26 },
        new("astronaut", Stand.Ground, 0.36, 30,
            "<rect x='-24' y='-74' width='48' height='42' rx='10' fill='#AEB8C6'/>" +
            "<path d='M-16-34L-18-6Q-18 0-12 0L-4 0Q-2 0-2-4L-1-30Z' fill='#DDE3EA'/><path d='M16-34L18-6Q18 0 12 0L4 0Q2 0 2-4L1-30Z' fill='#C8D0DA'/>" +
            "<path d='M-18-70Q-18-76 0-76Q18-76 18-70L18-34Q18-28 0-28Q-18-28-18-34Z' fill='#EEF1F5'/><path d='M4-76Q18-76 18-70L18-34Q18-28 4-28Z' fill='#D5DCE5'/>" +
            "<path d='M-18-70Q-30-62-30-44Q-30-38-25-38Q-21-38-21-44L-16-58Z' fill='#E3E8EE'/><path d='M18-70Q30-62 30-44Q30-38 25-38Q21-38 21-44L16-58Z' fill='#C8D0DA'/>" +
            "<rect x='-10' y='-56' width='20' height='12' rx='3' fill='#E4703F'/><circle cx='0' cy='-88' r='19' fill='#F4F6F9'/>" +
            "<path d='M-14-90Q-14-102 0-102Q14-102 14-90Q14-79 0-79Q-14-79-14-90Z' fill='#27364F'/><path d='M-9-96Q-5-100 2-99' stroke='#8FB3DA' stroke-width='2.4' fill='none' stroke-linecap='round'/>") { Shadow = 26 },
        new("robot", Stand.Ground, 0.36, 34,
            "<rect x='-17' y='-22' width='11' height='22' rx='4' fill='#5C6B7A'/><rect x='6' y='-22' width='11' height='22' rx='4' fill='#4E5C6A'/>" +
            "<rect x='-36' y='-62' width='11' height='34' rx='5.5' fill='#7F90A0'/><rect x='25' y='-62' width='11' height='34' rx='5.5' fill='#6A7A8A'/>" +
            "<rect x='-24' y='-68' width='48' height='48' rx='9' fill='#E8E2D4'/><path d='M6-68L15-68Q24-68 24-59L24-29Q24-20 15-20L6-20Z' fill='#D3CBBB'/>" +
            "<rect x='-14' y='-56' width='28' height='15' rx='4' fill='#3F5468'/><circle cx='-6' cy='-48.5' r='2.6' fill='#F2B84B'/><circle cx='3' cy='-48.5' r='2.6' fill='#63C7B2'/>" +
            "<rect x='-5' y='-74' width='10' height='8' fill='#5C6B7A'/><rect x='-22' y='-106' width='44' height='34' rx='11' fill='#F2ECDF'/><path d='M6-106L11-106Q22-106 22-95L22-83Q22-72 11-72L6-72Z' fill='#DDD5C5'/>" +
            "<rect x='-16' y='-98' width='32' height='17' rx='8.5' fill='#2B3A4C'/><circle cx='-7' cy='-89.5' r='3.6' fill='#7FE3D4'/><circle cx='7' cy='-89.5' r='3.6' fill='#7FE3D4'/>" +
            "<path d='M0-106L0-116' stroke='#5C6B7A' stroke-width='2.4'/><circle cx='0' cy='-118' r='4' fill='#E4703F'/>") { Shadow = 30 },
    ];
}
