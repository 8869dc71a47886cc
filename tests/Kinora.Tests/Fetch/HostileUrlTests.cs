using System.Net;
using Kinora.Adapters.Fetch;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Fetch;

/// <summary>What callers may not reach: the canary never hears of anybody, and every refusal reads the same.</summary>
public sealed class HostileUrlTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryHostileAddress_IsRefusedInTheSameWords_AndNobodyConnects()
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher();
        var texts = new HashSet<string>();

        // Half a character is nothing that JSON could carry.
        foreach (var url in FetchScene.HostileUrls().Append("http://\ud800.test/"))
        {
            texts.Add((await RefusedAsync(scene, fetcher, scene.Fill(url), url)).Message);
        }

        texts.ShouldHaveSingleItem();
        (await scene.Canary.CountAsync(Cancel)).ShouldBe(0);
        scene.Requests.ShouldAllBe(request => request.Path.StartsWith("/to"));
    }

    [Fact]
    public async Task ARedirectToEveryHostileAddress_IsRefusedInTheSameWords_AndNobodyConnects()
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher();
        var texts = new HashSet<string>();

        // A header cannot carry the others, and a Location without a scheme or host is a path of the same server.
        var lines = FetchScene.HostileUrls().Where(url => url.Contains("//", StringComparison.Ordinal) && url.All(c => c is >= '!' and <= '~')).ToList();
        foreach (var url in lines)
        {
            texts.Add((await RefusedAsync(scene, fetcher, scene.Url("/to?" + Uri.EscapeDataString(scene.Fill(url))), url)).Message);
        }

        lines.Count.ShouldBeGreaterThan(80);
        texts.ShouldHaveSingleItem();
        (await scene.Canary.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Control_WithoutTheCheckOfAddresses_TheCanaryHears()
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher(new FetchOptions { WallSeconds = 1 }, isPublic: _ => true);

        await Should.ThrowAsync<KinoraException>(() => fetcher.FetchAsync(scene.Fill("http://localhost:{canary}/c"), scene.Output, 10, Cancel));

        (await scene.Canary.CountAsync(Cancel)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task AName_PublicFirstAndLoopbackNext_IsRefusedTheSecondTime()
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher();
        var answers = new Queue<IPAddress>([FetchScene.Public, IPAddress.Loopback]);
        scene.Names["flips.test"] = () => [answers.Dequeue()];
        var url = scene.Url("/c").Replace("public.test", "flips.test", StringComparison.Ordinal);

        await fetcher.FetchAsync(url, scene.Output, 100, Cancel);

        // It was resolved once for the one connection: the second answer is for the next.
        answers.Count.ShouldBe(1);
        await RefusedAsync(scene, fetcher, url, url);
        scene.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AName_ThatFlipsBetweenTwoHops_IsRefused()
    {
        await using var scene = await FetchScene.StartAsync();
        using var fetcher = scene.Fetcher();
        var answers = new Queue<IPAddress>([FetchScene.Public, IPAddress.Loopback]);
        scene.Names["flips.test"] = () => [answers.Dequeue()];

        await RefusedAsync(scene, fetcher, scene.Url("/to?/again").Replace("public.test", "flips.test", StringComparison.Ordinal), "flips.test");

        scene.Requests.ShouldHaveSingleItem().Path.ShouldBe("/to?/again");
    }

    [Fact]
    public async Task TheOperator_CanOpenOneHostOrAll()
    {
        await using var scene = await FetchScene.StartAsync();
        using var none = scene.Fetcher(isPublic: PublicAddress.IsPublic);
        using var one = scene.Fetcher(new FetchOptions { PrivateHosts = "nas.local, Public.test", Ports = "80" }, PublicAddress.IsPublic);
        using var all = scene.Fetcher(new FetchOptions { AllowPrivate = true, Ports = "80" }, PublicAddress.IsPublic);
        scene.Names["other.test"] = () => [FetchScene.Public];
        var other = scene.Url("/c").Replace("public.test", "other.test", StringComparison.Ordinal);

        await RefusedAsync(scene, none, scene.Url("/c"), "none");
        (await one.FetchAsync(scene.Url("/c"), scene.Output, 100, Cancel)).ShouldBe(7);
        await RefusedAsync(scene, one, other, "one");
        (await all.FetchAsync(other, scene.Output, 100, Cancel)).ShouldBe(7);
    }

    private static async Task<KinoraException> RefusedAsync(FetchScene scene, UrlFetcher fetcher, string url, string line)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => fetcher.FetchAsync(url, scene.Output, 100, Cancel), line);
        refusal.Code.ShouldBe(ErrorCodes.UrlRefused, line);
        return refusal;
    }
}
