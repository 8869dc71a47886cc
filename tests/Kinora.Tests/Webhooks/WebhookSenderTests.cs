using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kinora.Adapters.Webhooks;
using Kinora.Tests.Fetch;
using Kinora.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Webhooks;

/// <summary>Sending to a receiver on this machine that counts as public: honest, slow, broken; and to everything that must not be reached.</summary>
public sealed class WebhookSenderTests
{
    private const string Refused = "Its address is not that of a public host, or its name is not known.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMessage_ArrivesAsItIs_WithNothingOfOurs()
    {
        var bodies = new ConcurrentQueue<string>();
        await using var scene = await FetchScene.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Enqueue(await reader.ReadToEndAsync());
            context.Response.StatusCode = 204;
            context.Response.Headers.SetCookie = "session=1; Path=/";
        });
        using var sender = scene.Sender();

        (await sender.SendAsync(Message(scene.Url("/hook?a=b")), Cancel)).ShouldBe(new WebhookAnswer(204, null));
        await sender.SendAsync(Message(scene.Url("/hook?a=b")), Cancel);

        bodies.ShouldBe(["{\"a\":\"\u00e9\"}", "{\"a\":\"\u00e9\"}"]);
        var (path, headers) = scene.Requests.Last();
        path.ShouldBe("/hook?a=b");
        headers.Keys.ShouldBe(
            ["Host", "Accept-Encoding", "User-Agent", "Content-Type", "Content-Length", "webhook-id", "webhook-timestamp", "webhook-signature"], ignoreOrder: true);
        (headers["Content-Type"], headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"])
            .ShouldBe(("application/json", "msg_1", "1795000000", "v1,AAAA v1,BBBB"));
    }

    [Fact]
    public async Task AFailure_IsToldInTheReceiversWords_CleanedAndShort_WithItsWishToWait()
    {
        await using var scene = await FetchScene.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "120";
            return context.Response.WriteAsync("down\u0000\u001b[31m for Bearer abcdefghijklmnop " + new string('x', 100_000));
        });
        using var sender = scene.Sender();

        var answer = await sender.SendAsync(Message(scene.Url("/")), Cancel);

        (answer.Status, answer.RetryAfter).ShouldBe((503, TimeSpan.FromSeconds(120)));
        answer.Error!.ShouldStartWith("HTTP 503: down [31m for Bearer [redacted] xxx");
        answer.Error!.Length.ShouldBe(200);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task AnAnswerWithoutEnd_IsNotWaitedFor(int status)
    {
        await using var scene = await FetchScene.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.BodyWriter.WriteAsync(new byte[64 * 1024], context.RequestAborted);
            }
        });
        using var sender = scene.Sender();

        (await sender.SendAsync(Message(scene.Url("/")), Cancel)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("silent", "No answer came in time.", null)]
    [InlineData("silent after its status", "HTTP 500", 500)]
    [InlineData("breaks off", "The connection broke.", null)]
    [InlineData("a page", "HTTP 404: a web page", 404)]
    public async Task AReceiverThatIsBroken_IsAFailedTry(string kind, string error, int? status)
    {
        await using var scene = await FetchScene.StartAsync(async context =>
        {
            context.Response.StatusCode = status ?? 200;
            switch (kind)
            {
                case "silent after its status":
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                    break;
                case "breaks off":
                    context.Abort();
                    break;
                case "a page":
                    context.Response.ContentType = "text/html";
                    await context.Response.WriteAsync("<html>");
                    break;
                default:
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                    break;
            }
        });
        using var sender = scene.Sender(new WebhookOptions { TimeoutSeconds = 1 });

        (await sender.SendAsync(Message(scene.Url("/")), Cancel)).ShouldBe(new WebhookAnswer(status, error));
    }

    [Fact]
    public async Task ARedirect_IsAFailure_AndNobodyFollowsIt()
    {
        await using var scene = await FetchScene.StartAsync();
        using var sender = scene.Sender();

        foreach (var target in new[] { scene.Fill("http://127.0.0.1:{canary}/"), scene.Fill("http://localhost:{canary}/"), scene.Url("/elsewhere") })
        {
            (await sender.SendAsync(Message(scene.Url("/to?" + Uri.EscapeDataString(target))), Cancel)).ShouldBe(new WebhookAnswer(302, "HTTP 302: a redirect, which is not followed."));
        }

        scene.Requests.Count.ShouldBe(3);
        (await scene.Canary.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task EveryHostileAddress_FailsInTheSameWords_AndNobodyConnects()
    {
        await using var scene = await FetchScene.StartAsync();
        using var sender = scene.Sender();

        foreach (var url in FetchScene.HostileUrls().Where(url => !url.Contains("/to?", StringComparison.Ordinal)).Append("http://\ud800.test/"))
        {
            (await sender.SendAsync(Message(scene.Fill(url)), Cancel)).ShouldBe(new WebhookAnswer(null, Refused), url);
        }

        (await scene.Canary.CountAsync(Cancel)).ShouldBe(0);
        scene.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Control_WithoutTheCheckOfAddresses_TheCanaryHears()
    {
        await using var scene = await FetchScene.StartAsync();
        using var sender = scene.Sender(new WebhookOptions { TimeoutSeconds = 1 }, isPublic: _ => true);

        (await sender.SendAsync(Message(scene.Fill("http://localhost:{canary}/")), Cancel)).Error.ShouldBe("No answer came in time.");

        (await scene.Canary.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task AName_PublicFirstAndPrivateNext_IsRefusedTheSecondTime()
    {
        await using var scene = await FetchScene.StartAsync();
        using var sender = scene.Sender();
        var answers = new Queue<IPAddress>([FetchScene.Public, IPAddress.Loopback]);
        scene.Names["flips.test"] = () => [answers.Dequeue()];
        var url = scene.Url("/").Replace("public.test", "flips.test", StringComparison.Ordinal);

        (await sender.SendAsync(Message(url), Cancel)).Status.ShouldBe(200);
        (await sender.SendAsync(Message(url), Cancel)).ShouldBe(new WebhookAnswer(null, Refused));

        scene.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AClosedPort_OfAPublicHost_IsAFailedTry()
    {
        // Bound, so that nobody else takes it, but not listening.
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(FetchScene.Public, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        using var sender = new WebhookSender(new WebhookOptions { Ports = port.ToString(CultureInfo.InvariantCulture) }, TimeProvider.System, _ => true);

        (await sender.SendAsync(Message($"http://{FetchScene.Public}:{port}/"), Cancel)).ShouldBe(new WebhookAnswer(null, "No connection could be made."));
    }

    [Fact]
    public async Task TheOperator_CanTrustAHost_AtAnyPort()
    {
        await using var scene = await FetchScene.StartAsync();
        using var none = new WebhookSender(new WebhookOptions(), TimeProvider.System);
        using var one = new WebhookSender(new WebhookOptions { TrustedHosts = "nas.local, 127.0.0.77" }, TimeProvider.System);
        var url = $"http://{FetchScene.Public}:{scene.Port}/hook";

        none.Accepts(url).ShouldBeFalse();
        one.Accepts(url).ShouldBeTrue();
        (await none.SendAsync(Message(url), Cancel)).ShouldBe(new WebhookAnswer(null, Refused));
        (await one.SendAsync(Message(url), Cancel)).Status.ShouldBe(200);
        one.Accepts(url.Replace("127.0.0.77", "127.0.0.78", StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://example.com/hook?a=b", true)]
    [InlineData("http://b\u00fccher.example/", true)]
    [InlineData("https://1.1.1.1/", true)]
    [InlineData("https://[2606:4700::1111]/", true)]
    [InlineData("https://example.com:22/", false)]
    [InlineData("https://user:pass@example.com/", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://[::1]/", false)]
    [InlineData("http://169.254.169.254/latest", false)]
    [InlineData("example.com", false)]
    [InlineData("", false)]
    public void Accepts_WhatItsTextAllows(string url, bool accepted)
    {
        using var sender = new WebhookSender(new WebhookOptions(), TimeProvider.System);

        sender.Accepts(url).ShouldBe(accepted);
    }

    [Fact]
    public async Task Stopped_MeansStopped()
    {
        await using var scene = await FetchScene.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var sender = scene.Sender();
        using var stop = new CancellationTokenSource();

        var send = sender.SendAsync(Message(scene.Url("/")), stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => send);
    }

    private static WebhookMessage Message(string url) => new(url, "msg_1", 1795000000, "v1,AAAA v1,BBBB", "{\"a\":\"\u00e9\"}");
}
