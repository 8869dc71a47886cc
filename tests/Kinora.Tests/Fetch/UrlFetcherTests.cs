using System.Globalization;
using Kinora.Adapters.Fetch;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Fetch;

/// <summary>Fetching from a public server that is honest, slow, endless or lost.</summary>
public sealed class UrlFetcherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_PublicAddress_SavesTheBytes()
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher();

        (await fetcher.FetchAsync(scene.Url("/a b.png?x=\u00e9#part").Replace(" ", "%20", StringComparison.Ordinal), scene.Output, 7, Cancel)).ShouldBe(7);

        (await File.ReadAllTextAsync(scene.Output, Cancel)).ShouldBe("picture");
        scene.Requests.ShouldHaveSingleItem().Path.ShouldBe("/a%20b.png?x=%C3%A9");
    }

    [Fact]
    public async Task Fetch_NamesAndPortsInEveryHonestForm()
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher();
        scene.Names["xn--bcher-kva.test"] = scene.Names["public.test."] = () => [FetchScene.Public];

        foreach (var host in new[] { "b\u00fccher.test", "PUBLIC.test", "public.test.", FetchScene.Public.ToString() })
        {
            (await fetcher.FetchAsync(scene.Url("/c").Replace("public.test", host, StringComparison.Ordinal), scene.Output, 7, Cancel)).ShouldBe(7, host);
        }
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Fetch_FollowsThreeRedirects(int redirects, bool arrives)
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher();
        var url = Enumerable.Range(0, redirects).Aggregate("/end", (next, _) => "/to?" + Uri.EscapeDataString(next));

        var fetch = fetcher.FetchAsync(scene.Url(url), scene.Output, 7, Cancel);

        if (arrives)
        {
            (await fetch).ShouldBe(7);
        }
        else
        {
            (await Should.ThrowAsync<KinoraException>(() => fetch)).Code.ShouldBe(ErrorCodes.UrlFailed);
            scene.Requests.Count.ShouldBe(4);
        }
    }

    [Fact]
    public async Task Fetch_SendsNothingOfOurs_AndKeepsNothingOfTheirs()
    {
        await using var scene = await FetchScene.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = "session=1; Path=/";
            return context.Response.WriteAsync("picture");
        });
        using var fetcher = scene.Fetcher();

        await fetcher.FetchAsync(scene.Url("/to?/first"), scene.Output, 7, Cancel);
        await fetcher.FetchAsync(scene.Url("/second"), scene.Output, 7, Cancel);

        scene.Requests.Count.ShouldBe(3);
        scene.Requests.SelectMany(r => r.Headers.Keys).Distinct().ShouldBe(["Host", "Accept-Encoding", "User-Agent"], ignoreOrder: true);
        scene.Requests.ShouldAllBe(r => r.Headers["Accept-Encoding"] == "identity");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_MoreThanIsAllowed_StopsThere(bool tellsItsLength)
    {
        await using var scene = await FetchScene.StartAsync(async context =>
        {
            context.Response.ContentLength = tellsItsLength ? 1L << 40 : null;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.BodyWriter.WriteAsync(new byte[64 * 1024], context.RequestAborted);
            }
        });
        using var fetcher = scene.Fetcher();

        var refusal = await Should.ThrowAsync<KinoraException>(() => fetcher.FetchAsync(scene.Url("/"), scene.Output, 1 << 20, Cancel));

        (refusal.Code, refusal.Message).ShouldBe((ErrorCodes.ImageTooLarge, "The file at the address is larger than 1 MiB, the most that is allowed."));
        (File.Exists(scene.Output) ? new FileInfo(scene.Output).Length : 0).ShouldBeLessThanOrEqualTo(1 << 20);
    }

    public static TheoryData<string> Broken() => new(BrokenServers.Keys);

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Fetch_FromABrokenServer_FailsInTheSameWords(string kind)
    {
        await using var scene = await FetchScene.StartAsync(BrokenServers[kind]);
        using var fetcher = scene.Fetcher(new FetchOptions { WallSeconds = 1 });

        var fault = await Should.ThrowAsync<KinoraException>(() => fetcher.FetchAsync(scene.Url("/"), scene.Output, 1 << 20, Cancel));

        (fault.Code, fault.Message).ShouldBe((
            ErrorCodes.UrlFailed,
            "Nothing could be fetched from the address: no answer in time, an error, or too many redirects. Check it, or send the picture itself."));
    }

    [Fact]
    public async Task Fetch_CancelledByTheCaller_IsNoFault()
    {
        await using var scene = await FetchScene.StartAsync(BrokenServers["silent"]);
        using var fetcher = scene.Fetcher();
        using var stop = new CancellationTokenSource();

        var fetch = fetcher.FetchAsync(scene.Url("/"), scene.Output, 7, stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => fetch);
    }

    [Theory]
    [InlineData("80, 443", 0)]
    [InlineData("", 0)]
    [InlineData("80, web, 0, 65536, +81", 4)]
    public void Ports_ThatAreNone_AreFaultsOfTheConfiguration(string ports, int count)
    {
        var faults = new List<string>();

        new FetchOptions { Ports = ports }.Check(faults);

        faults.Count.ShouldBe(count);
        faults.ShouldAllBe(fault => fault.StartsWith("Fetch:Ports: "));
    }

    private static Dictionary<string, RequestDelegate> BrokenServers { get; } = new()
    {
        ["silent"] = context => Task.Delay(Timeout.Infinite, context.RequestAborted),
        ["dripping"] = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(".", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }
        },
        ["compressed"] = context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.WriteAsync("picture");
        },
        ["cut short"] = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("picture");
            await context.Response.Body.FlushAsync();
            context.Abort();
        },
        ["gone"] = Status(404),
        ["partial"] = Status(206),
        ["failing"] = Status(500),
        ["wants a password"] = context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"x\"";
            return Task.CompletedTask;
        },
        ["redirect to nowhere"] = Status(302),
        ["huge head"] = context =>
        {
            context.Response.Headers["X-Long"] = new string('x', 200_000);
            return Task.CompletedTask;
        },
    };

    private static RequestDelegate Status(int code) => context =>
    {
        context.Response.StatusCode = code;
        return context.Response.WriteAsync(code.ToString(CultureInfo.InvariantCulture));
    };
}
