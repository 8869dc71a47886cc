using System.Globalization;
using Kinora.Server.Tests.Commands;
using Kinora.Tests.Fetch;
using Kinora.Tests.Storage;
using Shouldly;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>
/// Kinora with everything that hostile strings aim at: a folder of videos and pictures full of links that lead out of it, neighbours with a secret, a port
/// that nobody may connect to, a finished video, a finished image, a session, and a provider whose ledger shows what was paid. It runs as a user who may write to all of it and to
/// nothing else.
/// </summary>
internal sealed class HostileStudio : IAsyncDisposable
{
    /// <summary>A picture of 64 x 64.</summary>
    public const string Picture =
        "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsEty/aMYywi+hcEKLNO+FgEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQGBywLKp0DxvxLbjwAAAABJRU5ErkJggg==";

    private readonly LabFixture _lab;
    private readonly IReadOnlyList<string> _outside;
    private readonly IReadOnlyList<string> _beside;

    private HostileStudio(LabFixture lab, HostileScene folder, string videoId, string imageId, string sessionId)
    {
        (_lab, Folder, VideoId, ImageId, SessionId) = (lab, folder, videoId, imageId, sessionId);
        _outside = folder.Outside();
        _beside = Beside();
    }

    public KinoraProgram Kinora => _lab.Kinora;

    public HostileScene Folder { get; }

    public Canary Canary { get; private init; } = null!;

    /// <summary>Of the one video there is; the one create there was.</summary>
    public string VideoId { get; }

    /// <summary>Of the one image there is, which cost nothing.</summary>
    public string ImageId { get; }

    /// <summary>Of a session without images.</summary>
    public string SessionId { get; }

    public static async Task<HostileStudio> StartAsync()
    {
        var lab = await LabFixture.StartAsync();
        var folder = new HostileScene();
        var canary = new Canary();
        await File.WriteAllBytesAsync(Path.Combine(folder.Root, "good.png"), Convert.FromBase64String(Picture));
        folder.OpenToAll();
        var settings = lab.Kinora.Environment;
        settings["KINORA__Folders__Videos"] = settings["KINORA__Folders__References"] = folder.Root;
        // All ports, so that only the check of addresses stands between a line and the canary.
        settings["KINORA__Fetch__Ports"] = string.Create(CultureInfo.InvariantCulture, $"80, 443, {canary.Port}");
        settings["KINORA__Mcp__CreatesPerMinute"] = "0";
        await OrdinaryUser.UseAsync(lab.Kinora);
        var made = await lab.CreateAsync("running=1");
        made.ExitCode.ShouldBe(0, made.Error);
        var image = await lab.Kinora.RunAsync("image", "A harbour at dawn", "--model", "animatic/storyboard", "--size", "128x128", "--json");
        image.ExitCode.ShouldBe(0, image.Error);
        var session = await lab.Kinora.RunAsync("session", "new", "Calm harbours", "--json");
        session.ExitCode.ShouldBe(0, session.Error);
        return new HostileStudio(lab, folder, Id(made), Id(image), Id(session)) { Canary = canary };
    }

    /// <summary>Nothing was paid, nobody was called, nothing but the folder itself was touched.</summary>
    public async Task NothingHappenedAsync(CancellationToken cancel)
    {
        _lab.Creates.ShouldBe(1);
        _lab.Lab.Traffic.Requests.Count(r => r.Method == "POST").ShouldBe(1);
        Folder.Outside().ShouldBe(_outside);
        Beside().ShouldBe(_beside);
        (await Canary.CountAsync(cancel)).ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        Folder.Dispose();
        Canary.Dispose();
    }

    private static string Id(Run run) => run.Json.GetProperty("id").GetString()!;

    private List<string> Beside() => [.. Directory.EnumerateFileSystemEntries(Kinora.Work).Order(StringComparer.Ordinal)];
}
