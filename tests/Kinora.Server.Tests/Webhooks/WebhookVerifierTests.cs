using System.Text.Json;
using Kinora.Configuration;
using Kinora.Generation;
using Kinora.Server.Configuration;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Webhooks;

/// <summary>What the served product sends, received by a real server and judged by verifiers of others.</summary>
public sealed class WebhookVerifierTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    public WebhookVerifierTests() => _kinora.Environment["KINORA__Webhooks__TrustedHosts"] = "127.0.0.1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task DeliveriesOfTheServedProduct_AreAcceptedByForeignVerifiers_AndTamperedOnesRefused()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = Open();
        var webhooks = host.Get<WebhookService>();
        var first = await webhooks.CreateAsync(Caller.Local, new WebhookDraft(receiver.Url), Cancel);
        var id = first.Endpoint.Id;
        await using var served = new ServedProduct(_kinora);
        await served.StartAsync();
        var messages = new List<object>();

        // A real video, and a receiver that is down at first.
        receiver.Answers.Enqueue(500);
        var job = (await _kinora.RunAsync("create", "A lighthouse at dawn", "--size", "320x180", "--seconds", "1", "--no-wait", "--json")).Json.GetProperty("id").GetString();
        var refused = await receiver.NextAsync(Cancel);
        var video = await receiver.NextAsync(Cancel);
        (video.Id, video.Body).ShouldBe((refused.Id, refused.Body));
        var sent = JsonDocument.Parse(video.Body).RootElement;
        (sent.GetProperty("type").GetString(), sent.GetProperty("data").GetProperty("id").GetString()).ShouldBe(("video.completed", job));
        Judge(refused, [first.Secret], []);
        Judge(video, [first.Secret], []);

        var second = await webhooks.RotateSecretAsync(Caller.Local, id, Cancel);
        Judge(await TestAsync(), [first.Secret, second.Secret], []);
        var third = await webhooks.RotateSecretAsync(Caller.Local, id, Cancel);
        Judge(await TestAsync(), [second.Secret, third.Secret], [first.Secret]);

        var file = _kinora.PathOf("messages.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(messages), Cancel);
        var run = await NodeClients.RunAsync("webhooks.mjs", [file], Cancel);
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Out.Trim().ShouldBe("62", run.Everything);

        void Judge(ReceivedWebhook message, string[] good, string[] bad) => messages.Add(new { body = message.Body, headers = message.Headers, good, bad });

        async Task<ReceivedWebhook> TestAsync()
        {
            var test = await webhooks.TestAsync(Caller.Local, id, Cancel);
            var message = await receiver.NextAsync(Cancel);
            message.Id.ShouldBe(test.Id);
            return message;
        }
    }

    [Fact]
    public async Task Stopped_WhileAReceiverHangs_TheProductLeaves_AndTheNextOneSendsItUnderTheSameId()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var host = Open();
        var webhooks = host.Get<WebhookService>();
        var id = (await webhooks.CreateAsync(Caller.Local, new WebhookDraft(receiver.Url), Cancel)).Endpoint.Id;
        receiver.Answers.Enqueue(WebhookReceiver.Never);
        using var process = _kinora.Start(["serve", "--urls", "http://127.0.0.1:0"]);
        var test = await webhooks.TestAsync(Caller.Local, id, Cancel);
        (await receiver.NextAsync(Cancel)).Id.ShouldBe(test.Id);

        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]);
        (await KinoraProgram.EndAsync(process)).ExitCode.ShouldBe(0);

        var left = await webhooks.DeliveryAsync(Caller.Local, id, test.Id, Cancel);
        (left.State, left.Attempts).ShouldBe((WebhookState.Pending, 0));
        await using var next = new ServedProduct(_kinora);
        await next.StartAsync();
        (await receiver.NextAsync(Cancel)).Id.ShouldBe(test.Id);
    }

    [Fact]
    public async Task NoSecret_IsInTheDatabaseOrTheLogs_AndTheKeyIsItsOwnersAlone()
    {
        await using var host = Open();
        var webhook = await host.Get<WebhookService>().CreateAsync(Caller.Local, new WebhookDraft("http://127.0.0.1:9/hook"), Cancel);
        await host.Get<WebhookService>().RotateSecretAsync(Caller.Local, webhook.Endpoint.Id, Cancel);

        File.GetUnixFileMode(Path.Combine(_kinora.Data, "secret.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var file in Directory.EnumerateFiles(_kinora.Data, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, Cancel)).ShouldNotContain(webhook.Secret["whsec_".Length..], customMessage: Path.GetFileName(file));
        }
    }

    [Fact]
    public async Task FaultsOfTheSettings_AreNamed()
    {
        _kinora.Environment["KINORA__Webhooks__EncryptionKey"] = "short";
        _kinora.Environment["KINORA__Webhooks__PreviousEncryptionKey"] = "short";
        _kinora.Environment["KINORA__Webhooks__Ports"] = "web";

        var run = await _kinora.RunAsync("list");

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("Webhooks:EncryptionKey: 32 random bytes");
        run.Error.ShouldContain("Webhooks:PreviousEncryptionKey: 32 random bytes");
        run.Error.ShouldContain("Webhooks:Ports: whole numbers");
        run.Error.ShouldNotContain("short");
    }

    /// <summary>The product in this process, on the data folder of the program.</summary>
    private KinoraHost Open()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Webhooks:TrustedHosts", "127.0.0.1")]).Build();
        return KinoraHost.Open(new KinoraConfiguration(new DataFolder(_kinora.Data), settings, new Dictionary<string, string>()));
    }
}
