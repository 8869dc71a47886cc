namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>The words a scene is read from: data, English (singular; a plural s or es is understood) and basic Chinese.</summary>
internal static class SceneLexicon
{
    internal static readonly IReadOnlyList<(string Word, Place Place)> Places = Expand<Place>(
        (Place.Underwater, "underwater|under the sea|beneath the waves|under the ocean|coral reef|reef|seabed|deep sea|水下|海底"),
        (Place.Street, "street|alley|avenue|lane|sidewalk|pavement|crosswalk|boulevard|market|shop|storefront|streetlight|街|小巷|路口|市场"),
        (Place.City, "city|skyline|downtown|metropolis|rooftop|skyscraper|urban|tower|tokyo|new york|london|paris|shanghai|城市|都市|楼顶|上海|北京"),
        (Place.Sea, "sea|ocean|harbor|harbour|bay|wave|port|pier|horizon|海洋|大海|海上|海|港"),
        (Place.Beach, "beach|shore|coast|island|seaside|沙滩|海滩|海边|岛"),
        (Place.River, "river|stream|creek|canal|lake|pond|waterfall|puddle lake|河|溪|湖|池塘"),
        (Place.Forest, "forest|wood|woodland|jungle|grove|rainforest|bamboo|森林|树林|竹林|丛林"),
        (Place.Mountain, "mountain|peak|alp|cliff|valley|canyon|summit|volcano|山|峡谷|悬崖"),
        (Place.Desert, "desert|dune|sahara|oasis|沙漠|沙丘"),
        (Place.Snowfield, "snowfield|arctic|tundra|glacier|ice field|south pole|north pole|antarctica|雪原|冰川|北极"),
        (Place.Road, "road|highway|motorway|freeway|path|trail|公路|道路|小路"),
        (Place.Meadow, "meadow|field|grass|garden|park|hill|farm|prairie|countryside|village|lawn|orchard|plain|savanna|草地|草原|田野|花园|公园|村庄"),
        (Place.Kitchen, "kitchen|breakfast|stove|countertop|oven|bakery|cafe|café|coffee shop|restaurant|厨房|咖啡馆|餐厅|早餐"),
        (Place.Room, "room|bedroom|interior|indoors|office|studio|library|classroom|desk|window|hall|apartment|attic|laboratory|lab|museum|房间|室内|卧室|办公室|图书馆|教室|窗"),
        (Place.Space, "outer space|deep space|in space|space station|spaceship|galaxy|planet|orbit|universe|nebula|cosmos|cosmic|mars|asteroid|太空|宇宙|星球|银河|火星"),
        (Place.Sky, "sky|cloud|above the clouds|天空|云"));

    internal static readonly IReadOnlyList<(string Word, Place Place)> Grounds = [.. Places.Where(row => row.Place != Place.Sky)];

    internal static readonly IReadOnlyList<(string Word, TimeOfDay Time)> Times = Expand<TimeOfDay>(
        (TimeOfDay.Dawn, "dawn|sunrise|daybreak|morning|first light|黎明|清晨|日出|早晨"),
        (TimeOfDay.Day, "day|noon|daylight|sunny|midday|afternoon|daytime|bright|白天|中午|下午|晴"),
        (TimeOfDay.Sunset, "sunset|golden hour|setting sun|日落|夕阳|黄昏时的太阳"),
        (TimeOfDay.Dusk, "dusk|twilight|evening|blue hour|nightfall|黄昏|傍晚"),
        (TimeOfDay.Night, "night|midnight|nocturnal|moonlight|moonlit|starry|starlight|neon|at night|夜|月光|星空|霓虹"));

    internal static readonly IReadOnlyList<(string Word, Weather Weather)> Weathers = Expand<Weather>(
        (Weather.Storm, "storm|stormy|thunder|thunderstorm|lightning|hurricane|暴风|雷"),
        (Weather.Rain, "rain|rainy|raining|drizzle|downpour|wet|puddle|shower|雨"),
        (Weather.Snow, "snow|snowy|snowing|blizzard|winter|snowfall|snowflake|雪|冬"),
        (Weather.Fog, "fog|foggy|mist|misty|haze|hazy|smoke|雾"),
        (Weather.Wind, "wind|windy|breeze|gust|风"),
        (Weather.Cloudy, "cloudy|overcast|grey|gray|gloomy|阴天|多云"),
        (Weather.Clear, "clear|sunny|cloudless|晴"));

    internal static readonly IReadOnlyList<(string Word, double Closeness)> Framings = Expand<double>(
        (1.5, "close up|closeup|macro|extreme close up|特写"),
        (0.68, "wide shot|long shot|aerial|establishing shot|from afar|bird s eye|远景|全景"));

    /// <summary>Words of figures, with the place a figure belongs to when none is named.</summary>
    internal static readonly IReadOnlyList<(string Word, string Figure, Place Home)> Subjects =
    [
        .. Of("paperboat", Place.River, "paper boat|origami boat|paper ship|纸船"),
        .. Of("sailboat", Place.Sea, "boat|sailboat|sailing boat|ship|yacht|sailing ship|vessel|船|帆船"),
        .. Of("cat", Place.Room, "cat|kitten|猫"),
        .. Of("sleepingcat", Place.Room, "sleeping cat|cat sleeping|cat asleep|cat sleeps|napping cat|睡猫|睡觉的猫|熟睡的猫"),
        .. Of("dog", Place.Meadow, "dog|puppy|hound|wolf|狗|狼"),
        .. Of("fox", Place.Forest, "fox|vixen|狐狸"),
        .. Of("rabbit", Place.Meadow, "rabbit|hare|bunny|兔"),
        .. Of("penguin", Place.Snowfield, "penguin|企鹅"),
        .. Of("kite", Place.Meadow, "kite|风筝"),
        .. Of("bird", Place.Sky, "bird|gull|seagull|eagle|crow|flock|swallow|pigeon|crane bird|鸟|海鸥|鹰"),
        .. Of("fish", Place.Underwater, "fish|goldfish|salmon|鱼"),
        .. Of("whale", Place.Underwater, "whale|dolphin|shark|鲸|海豚|鲨鱼"),
        .. Of("horse", Place.Meadow, "horse|pony|stallion|foal|马"),
        .. Of("car", Place.Road, "car|taxi|cab|vehicle|truck|van|汽车|出租车|轿车"),
        .. Of("bus", Place.Street, "bus|tram|公交|巴士"),
        .. Of("train", Place.Meadow, "train|locomotive|railway|火车|列车"),
        .. Of("bicycle", Place.Road, "bicycle|bike|cyclist|自行车|单车"),
        .. Of("airplane", Place.Sky, "airplane|plane|aeroplane|jet|aircraft|飞机"),
        .. Of("balloon", Place.Meadow, "balloon|hot air balloon|气球"),
        .. Of("rocket", Place.Space, "rocket|spaceship|spacecraft|shuttle|火箭|飞船"),
        .. Of("astronaut", Place.Space, "astronaut|spaceman|cosmonaut|宇航员"),
        .. Of("tree", Place.Meadow, "tree|oak|blossom|树"),
        .. Of("house", Place.Meadow, "house|cottage|cabin|home|hut|barn|房子|小屋"),
        .. Of("lighthouse", Place.Sea, "lighthouse|beacon|灯塔"),
        .. Of("castle", Place.Meadow, "castle|fortress|palace|城堡|宫殿"),
        .. Of("tent", Place.Forest, "tent|campfire|camp|帐篷|篝火"),
        .. Of("flower", Place.Meadow, "flower|rose|tulip|sunflower|daisy|花"),
        .. Of("robot", Place.City, "robot|android|cyborg|机器人"),
        .. Of("umbrella", Place.Street, "umbrella|parasol|伞"),
        .. Of("cup", Place.Kitchen, "cup|coffee|tea|mug|teacup|teapot|杯|咖啡|茶"),
        .. Of("book", Place.Room, "book|novel|diary|notebook|letter|书"),
        .. Of("candle", Place.Room, "candle|lantern|candlelight|蜡烛|灯笼"),
        .. Of("laptop", Place.Room, "laptop|computer|screen|keyboard|phone|smartphone|电脑|手机"),
        .. Of("bottle", Place.Kitchen, "bottle|perfume|product|jar|vase|瓶"),
        .. Of("butterfly", Place.Meadow, "butterfly|moth|蝴蝶"),
        .. Of("cactus", Place.Desert, "cactus|仙人掌"),
        .. Of("couple", Place.Meadow, "couple|two people|two friends|lovers|friends|crowd|people|family|children|kids|men|women|情侣|人们|朋友"),
        .. Of("person", Place.Meadow, "person|man|woman|girl|boy|child|kid|he|she|traveler|traveller|hiker|figure|dancer|detective|old man|old woman|lady|walker|hero|heroine|chef|soldier|runner|someone|人|男人|女人|女孩|男孩|孩子|老人|她|他"),
    ];

    private static IEnumerable<(string, string, Place)> Of(string figure, Place home, string words) =>
        words.Split('|').Select(word => (word, figure, home));

    private static List<(string, T)> Expand<T>(params (T Value, string Words)[] rows) =>
        [.. rows.SelectMany(row => row.Words.Split('|').Select(word => (word, row.Value)))];
}
