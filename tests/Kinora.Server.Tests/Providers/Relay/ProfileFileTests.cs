using System.Text;
using Kinora.Adapters.Providers.Relay;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Relay;

/// <summary>Profiles are data, and wrong data is told by file and field before anything starts; a file's contents are never repeated.</summary>
public sealed class ProfileFileTests : IDisposable
{
    private const string Good = """
        {
          "baseUrl": "https://relay.example",
          "minPollSeconds": 10,
          "create": { "path": "/make", "fields": { "text": { "from": "prompt" }, "meta.mode": { "value": "x" } } },
          "id": "id",
          "poll": { "path": "/look/{id}" },
          "state": "status",
          "words": { "cooking": "running" },
          "links": ["url"],
          "errors": ["why"],
          "models": [{ "name": "one", "title": "One", "source": "a page", "read": "2026-11-21" }]
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinora-profile-");

    public static TheoryData<string> BuiltIn => [.. RelayProfiles.BuiltIn];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void BuiltIn_HoldsTheGatewaysThatAreKnown() => RelayProfiles.BuiltIn.ShouldBe(["apimart", "juxin", "new-api", "qnaigc", "t8star", "yunwu"]);

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void BuiltIn_IsValidAndItsModelsSayWhereTheyComeFrom(string name)
    {
        var faults = new List<string>();
        var profile = RelayProfiles.Of(Settings(new() { ["Profile"] = name }), null, afresh: true, faults);

        faults.ShouldBeEmpty();
        profile.ShouldNotBeNull();
        profile.MinPoll.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
        foreach (var model in profile.Models.Append(profile.OtherModels!))
        {
            model.Source.ShouldNotBeEmpty();
            model.Read.ShouldBeGreaterThan(new DateOnly(2026, 1, 1));
        }
    }

    [Fact]
    public async Task File_ThatIsRight_MakesAProvider()
    {
        var settings = Settings(new() { ["ProfileFile"] = Write(Good) });
        new RelayModule().Check(settings).ShouldBeEmpty();

        var provider = new RelayModule().Create(settings, NoServices.Instance);

        (await provider.ListModelsAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Id.ShouldBe("mine/one");
        provider.Traits.MinPoll.ShouldBe(TimeSpan.FromSeconds(10));
    }

    /// <summary>What is changed in the good file, into what, and what is said.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "\"minPollSeconds\"", "\"minPolSeconds\"", "minPolSeconds is not known; allowed here: poll, settings, baseUrl" },
        { "\"minPollSeconds\": 10,", "", "minPollSeconds is missing" },
        { "\"minPollSeconds\": 10", "\"minPollSeconds\": \"ten\"", "minPollSeconds must be a number from 1 to 600" },
        { "\"minPollSeconds\": 10", "\"minPollSeconds\": 0", "minPollSeconds must be a number from 1 to 600" },
        { "\"poll\": { \"path\": \"/look/{id}\" },", "", "poll is missing: an object" },
        { "\"/look/{id}\"", "\"/look\"", "poll.path must be a path that begins with / and holds {id}" },
        { "{ \"path\": \"/look/{id}\" }", "\"/look/{id}\"", "poll must be an object" },
        { "\"path\": \"/make\"", "\"verb\": \"POST\"", "create.path is missing" },
        { "\"path\": \"/make\"", "\"path\": \"/make\", \"verb\": \"SEND\"", "create.verb must be one of GET, POST, PUT" },
        { "{ \"from\": \"prompt\" }", "{ \"from\": \"words\" }", "create.fields.text.from must be one of model, prompt, negativePrompt" },
        { "{ \"value\": \"x\" }", "{ }", "create.fields.meta.mode must be an object with exactly one of from, setting, value" },
        { "{ \"value\": \"x\" }", "{ \"setting\": \"Watermark\" }", "create.fields.meta.mode.setting must be the name of a setting" },
        { "\"running\"", "\"cooked\"", "words.cooking must be one of queued, running, completed" },
        { "\"links\": [\"url\"]", "\"links\": []", "links must be a path into JSON" },
        { "\"links\": [\"url\"],", "", "links is missing" },
        { "\"links\": [\"url\"],", "\"links\": [\"url\"], \"links\": [\"url\"],", "a field stands twice in an object of it" },
        { "\"id\": \"id\",", "\"id\": \"id\", \"settings\": { \"Mark\": { \"type\": \"flag\" }, \"mark\": { \"type\": \"flag\" } },", "settings must be an object whose names differ in more than case" },
        { "\"read\": \"2026-11-21\"", "\"read\": \"yesterday\"", "models[0].read must be a day written 2026-11-21" },
        { "\"source\": \"a page\", ", "", "models[0].source is missing" },
        { "\"models\": [", "\"models\": [7, ", "models[0] must be an object" },
        { "https://relay.example", "ftp://relay.example", "baseUrl must be an http or https address" },
        { "\"id\": \"id\",", "\"id\" \"id\",", "it is no JSON; line 5 is wrong" },
        { "{ \"value\": \"x\" }", "{ \"value\": \"x\", \"sk-secret-17\": 1 }", "create.fields.meta.mode is not known" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void File_ThatIsWrong_IsToldByFieldAndWhatIsAllowed(string from, string to, string said)
    {
        Good.ShouldContain(from);
        var faults = new RelayModule().Check(Settings(new() { ["ProfileFile"] = Write(Good.Replace(from, to, StringComparison.Ordinal)) }));

        faults.ShouldContain(fault => fault.StartsWith($"Providers:mine:ProfileFile (own.json): {said}", StringComparison.Ordinal), string.Join('\n', faults));
        string.Join(' ', faults).ShouldNotContain("secret");
    }

    [Fact]
    public void File_ThatIsSomethingElse_IsNotRepeated()
    {
        var faults = new RelayModule().Check(Settings(new() { ["ProfileFile"] = Write("password=hunter2\nhunter3") }));

        faults.ShouldBe(["Providers:mine:ProfileFile (own.json): it is no JSON; line 1 is wrong."]);
    }

    [Fact]
    public void File_ThatIsAwayOrTooLarge_IsTold()
    {
        new RelayModule().Check(Settings(new() { ["ProfileFile"] = Path.Combine(_folder.FullName, "none.json") })).ShouldBe(["Providers:mine:ProfileFile: there is no such file."]);
        new RelayModule().Check(Settings(new() { ["ProfileFile"] = Write(new string(' ', 300_000)) })).ShouldBe(["Providers:mine:ProfileFile: such a file has at most 262,144 bytes."]);
    }

    [Fact]
    public void File_ThatMayNotBeRead_IsTold()
    {
        // A folder opens for nobody, also where tests run as root.
        var folder = _folder.CreateSubdirectory("own.json");

        new RelayModule().Check(Settings(new() { ["ProfileFile"] = folder.FullName })).ShouldHaveSingleItem().ShouldStartWith("Providers:mine:ProfileFile: ");
    }

    public static TheoryData<string, string, string> Settled => new()
    {
        { "Profile", "juxxin", "Providers:mine:Profile names no profile: one of apimart, juxin" },
        { "Watermark", "yes", "Providers:mine:Watermark must be true or false." },
        { "CharacterUrl", "https://example.com/a.mp4", "Providers:mine:CharacterUrl is set without CharacterTimestamps: set both or none." },
        { "CharacterTimestamps", "1,9", "Providers:mine:CharacterTimestamps must be \"start,end\" in seconds, 1 to 3 seconds apart." },
        { "ProfileFile", "a.json", "Providers:mine:Profile and ProfileFile: set only one of them." },
        { "Colour", "red", "Providers:mine:Colour is not a setting of this kind; it has Watermark, Private" },
    };

    [Theory]
    [MemberData(nameof(Settled))]
    public void Setting_ThatIsWrong_IsToldByName(string name, string value, string said)
    {
        var extra = new Dictionary<string, string> { ["Profile"] = "juxin", [name] = value };

        new RelayModule().Check(Settings(extra)).ShouldContain(fault => fault.StartsWith(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_OfSoftwareThatManyRun_NeedAddressAndModels() =>
        new RelayModule().Check(Settings(new() { ["Profile"] = "new-api" })).ShouldBe(
        [
            "Providers:mine:BaseUrl is missing: this profile is of software that many run.",
            "Providers:mine:Models is missing: this profile knows no models; name those that your key may use.",
        ]);

    [Fact]
    public void Juxin_ItsKeyAlone_IsEnough()
    {
        var module = new JuxinModule();

        module.Environment.ApiKey.ShouldBe(["JUXIN_API_KEY"]);
        module.Environment.AlwaysOn.ShouldBeFalse("it is off until somebody has a key");
        module.Check(new ProviderSettings { Name = "juxin", Kind = "juxin", ApiKey = "key" }).ShouldBeEmpty();
        module.Check(new ProviderSettings { Name = "juxin", Kind = "juxin" }).ShouldHaveSingleItem().ShouldContain("JUXIN_API_KEY");
    }

    private static ProviderSettings Settings(Dictionary<string, string> extra) => new() { Name = "mine", Kind = "relay", ApiKey = "key", Extra = extra };

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "own.json");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
