using System.Globalization;
using System.Text.Json;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>A provider as its settings name it.</summary>
internal sealed record Upstream(string Name, string Kind, string Dialect, Uri BaseUrl, string Key)
{
    /// <summary>The only model it offers; null to have it asked.</summary>
    public string? Model { get; init; }

    /// <summary>Where the keys of its callbacks are, for those that have such a setting.</summary>
    public Uri? JwksUrl { get; init; }
}

/// <summary><c>kinora serve</c> with its gateway, users who have keys for it, and a lab whose ledger is the judge of money.</summary>
internal sealed class GatewayScene : IAsyncDisposable
{
    public const string Animatic = "animatic/storyboard";

    private readonly KinoraProgram _kinora = new();
    private readonly ServedProduct _served;

    private GatewayScene(LabServer lab)
    {
        Lab = lab;
        _served = new ServedProduct(_kinora);
    }

    public LabServer Lab { get; }

    /// <summary>What an OpenAI client is given as its base URL.</summary>
    public Uri BaseUrl => new(_served.Url[..^"/mcp".Length] + "/v1");

    /// <summary>A key that may read and create.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The same of another user.</summary>
    public string OtherKey { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="providers">What is configured beside the built-in renderer.</param>
    /// <param name="createsPerMinute">0 for no limit.</param>
    /// <param name="listen">An address; null for a free port.</param>
    public static async Task<GatewayScene> StartAsync(
        Func<LabServer, IEnumerable<Upstream>>? providers = null, int createsPerMinute = 0, string? listen = null, params (string Name, string Value)[] settings)
    {
        var scene = new GatewayScene(await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" }));
        foreach (var provider in providers?.Invoke(scene.Lab) ?? [])
        {
            scene.Configure(provider);
        }

        scene._kinora.Environment["KINORA__Accounts__UnknownPriceUsd"] = "2";
        scene._kinora.Environment["KINORA__Mcp__CreatesPerMinute"] = createsPerMinute.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
        {
            scene._kinora.Environment["KINORA__" + name] = value;
        }

        scene.Key = await scene.KeyAsync("ann");
        scene.OtherKey = await scene.KeyAsync("bob");
        await scene._served.StartAsync(listen is null ? [] : ["--urls", listen]);
        return scene;
    }

    /// <summary>The lab as a server of videos: of its own shape, or of another that the dialect reads as well.</summary>
    public static Upstream LabVideos(LabServer lab, string dialect = "openai", string? shape = null, string name = "lab") =>
        new(name, "openai-videos", dialect, new Uri(lab.BaseUrl, (shape ?? dialect) + "/v1"), "lab-key");

    /// <summary>The lab as a server of pictures.</summary>
    public static Upstream LabPictures(LabServer lab) => new("pictures", "openai-images", "openai", new Uri(lab.BaseUrl, "openai/v1"), "lab-key");

    public async Task<string> KeyAsync(string user, string scope = "read,create", params string[] options)
    {
        var made = await TryKeyAsync(user, scope, options);
        made.ExitCode.ShouldBe(0, made.Error);
        return made.Out.TrimEnd();
    }

    public Task<Run> TryKeyAsync(string user, string scope, params string[] options) =>
        _kinora.RunAsync(["keys", "create", "--name", "sdk", "--user", user, "--scope", scope, .. options]);

    /// <summary>Somebody whose budget is less than anything of unknown price counts.</summary>
    public async Task<string> PoorKeyAsync()
    {
        foreach (var account in new[] { "root --role admin", "poor --daily-budget 1" })
        {
            var added = await _kinora.RunAsync(["users", "add", .. account.Split(' ')], "neon harbour at dawn 7\n");
            added.ExitCode.ShouldBe(0, added.Error);
        }

        return await KeyAsync("poor");
    }

    /// <summary>Runs a program of <see cref="NodeClients.Folder"/>, which must succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<JsonElement> RunAsync(string script, string model, IEnumerable<string> words, params (string Name, string Value)[] environment)
    {
        var run = await NodeClients.RunAsync(script, [BaseUrl.ToString(), model, .. words], Cancel, [("OPENAI_API_KEY", Key), ("OTHER_KEY", OtherKey), .. environment]);
        run.ExitCode.ShouldBe(0, run.Everything);
        return JsonDocument.Parse(run.Out).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _kinora.Dispose();
        await Lab.DisposeAsync();
    }

    private void Configure(Upstream provider)
    {
        foreach (var (name, value) in new[]
        {
            ("Kind", provider.Kind), ("Dialect", provider.Dialect), ("BaseUrl", provider.BaseUrl.ToString()), ("ApiKey", provider.Key), ("MinPollSeconds", "0.1"), ("SubmitTimeoutSeconds", "10"),
        })
        {
            _kinora.Environment[$"KINORA__Providers__{provider.Name}__{name}"] = value;
        }

        if (provider.JwksUrl is { } keys)
        {
            _kinora.Environment[$"KINORA__Providers__{provider.Name}__JwksUrl"] = keys.ToString();
        }

        if (provider.Model is { } only)
        {
            _kinora.Environment[$"KINORA__Providers__{provider.Name}__Models__0"] = only;
        }
    }
}
