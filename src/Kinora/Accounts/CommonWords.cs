namespace Kinora.Accounts;

/// <summary>What people make passwords of: <see cref="GuessablePassword"/> knows their spellings and what is put around them. Gathered for this program, from no list.</summary>
internal static class CommonWords
{
    private const string Access =
        """
        password passwd passwort passphrase passcode pass pwd mypassword newpassword thepassword yourpassword secret topsecret mysecret login logon signin
        letmein letmeinnow letmeinplease open opensesame sesame welcome welcomeback enter entrance access accessdenied granted admin administrator root toor
        superuser sysadmin system master user username guest demo test tester testing testtest default changeme changethis changemenow change temp temporary
        example sample initial private public security secure safe safety key keyword unlock trustno trustme idontknow iforgot forgot remember nothing
        none null unknown anonymous whatever something anything blank empty qwer asdf zxcv qazwsx abc abcd abcde abcdef xyz hunter hacker hacked pwned
        correcthorsebatterystaple horsebatterystaple manager operator service support backup database server oracle mysql postgres kinora studio
        """;

    private const string Life =
        """
        iloveyou ilovey iloveu loveyou loveme lovely lover lovers love mylove truelove forever always angel angels baby babygirl babyboy honey sweet
        sweetheart sweetie darling cutie beautiful gorgeous pretty princess prince queen king kingdom flower flowers butterfly rainbow sunshine sunflower
        sunset summer winter autumn spring january february march april june july august september october november december monday tuesday wednesday
        thursday friday saturday sunday happy happiness smile freedom liberty peace hope faith heaven jesus jesuschrist christ godisgood god blessed
        blessing family mother father mommy daddy mama papa sister brother friend friends bestfriend husband wife money dollar lucky winner power
        hello hellothere helloworld goodbye goodmorning please thankyou yes okay stupid fuckyou fuckoff fuck bitch asshole shit sexy naked pussy
        """;

    private const string Things =
        """
        dragon dragons monkey tiger tigers lion eagle eagles falcon bear bears wolf wolves panther cowboy cowboys ranger rangers warrior warriors
        shadow ghost phantom vampire zombie killer hunter ninja samurai soldier pirate knight wizard merlin magic master blaster thunder lightning
        storm fire ice phoenix diamond silver golden gold platinum crystal purple orange yellow green black white blue red
        football baseball basketball soccer hockey tennis golf volleyball softball yankees lakers steelers arsenal chelsea liverpool barcelona
        realmadrid juventus manchester united chocolate cookie cookies coffee pepper ginger cheese banana apple cherry strawberry peanut butter
        buttercup pumpkin mustang corvette ferrari porsche mercedes harley yamaha toyota honda camaro jaguar scooter bigdog doggie puppy kitty kitten
        computer internet laptop desktop keyboard windows microsoft google facebook instagram youtube twitter samsung iphone android apple linux
        ubuntu matrix cyber digital network wireless minecraft fortnite pokemon pikachu naruto sonic mario zelda nintendo playstation xbox
        starwars startrek skywalker yoda vader superman batman spiderman ironman wonderwoman joker hulk avenger avengers marvel gandalf frodo
        hogwarts harrypotter potter hermione bond jamesbond rocky rambo terminator metallica nirvana slipknot eminem beatles blink guitar music
        rockstar rocknroll hotdog pizza burger beer whiskey vodka marlboro online trustee maverick mercury apollo saturn explorer voyager
        america england london paris berlin germany france australia canada mexico brazil india china japan russia moscow texas california florida
        chicago boston dallas newyork
        """;

    private const string Names =
        """
        michael jordan jennifer jessica ashley michelle nicole daniel daniela thomas robert andrew joshua matthew anthony william alexander alexandra
        charlie charles george jackson justin brandon jonathan christian christopher david james john peter paul mark steven stephen patrick kevin
        brian jason richard martin victoria elizabeth samantha amanda melissa stephanie rebecca rachel hannah sophia sophie isabella olivia emily emma
        natasha anna maria marina carlos miguel antonio francisco roberto ricardo fernando alejandro carolina claudia patricia andrea laura sarah
        sandra barbara susan maggie buster bailey cooper tucker chester bandit oliver oscar felix simba smokey snoopy garfield scooby mickey minnie
        donald goofy tweety bugsbunny tinkerbell elvis madonna hendrix marley lennon ronaldo messi beckham kobe lebron mohammed ahmed fatima
        vladimir dmitri sergey natalia svetlana hans juergen stefan andreas wolfgang
        """;

    public static IReadOnlyList<string> All { get; } =
        [.. new[] { Access, Life, Things, Names }.SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
}
