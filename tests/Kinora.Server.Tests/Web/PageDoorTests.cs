using System.IO.Compression;
using System.Text.RegularExpressions;
using Kinora.Server.Tests.Api;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Web;

/// <summary>The page as it is given out: which addresses are it, under which headers, in which forms.</summary>
public sealed partial class PageDoorTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private static readonly (string, string) _browser = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    [Theory]
    [InlineData("/")]
    [InlineData("/create")]
    [InlineData("/videos/550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("/apiary")]
    public async Task WhatABrowserOpens_IsThePage(string path)
    {
        var reply = await scene.GetAsync(path, null, _browser);

        reply.Status.ShouldBe(200, reply.Everything);
        reply.Headers["Content-Type"].ShouldBe("text/html; charset=utf-8");
        reply.Headers["Cache-Control"].ShouldBe("no-cache");
        reply.Body.ShouldContain("<div id=\"root\">");
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/v1/nothing")]
    [InlineData("/media/nothing/at/all")]
    [InlineData("/health/x")]
    [InlineData("/metrics/x")]
    [InlineData("/mcp/x")]
    [InlineData("/docs/x")]
    [InlineData("/.well-known/x")]
    [InlineData("/assets/index-00000000.js")]
    public async Task AddressesOfOtherDoors_AndFilesThatAreGone_AreNeverThePage(string path)
    {
        var reply = await scene.GetAsync(path, null, _browser);

        reply.Status.ShouldBe(404, reply.Everything);
        reply.Body.ShouldNotContain("<div id=\"root\">");
    }

    [Fact]
    public async Task Programs_GetNoPageForAMistypedAddress()
    {
        (await scene.GetAsync("/create", null, ("Accept", "application/json"))).Status.ShouldBe(404);
        (await scene.GetAsync("/create")).Status.ShouldBe(404);
        (await scene.PostAsync("/create", null, "{}", _browser)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task ThePage_RunsNothingButItsOwn_AndIsFramedByNobody()
    {
        foreach (var path in (string[])["/", "/create", await AssetAsync("js")])
        {
            var headers = (await scene.GetAsync(path, null, _browser)).Headers;
            var policy = headers["Content-Security-Policy"];
            policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
            policy.ShouldNotContain("http");
            headers["X-Content-Type-Options"].ShouldBe("nosniff");
            headers["Referrer-Policy"].ShouldBe("no-referrer");
            headers["Cross-Origin-Opener-Policy"].ShouldBe("same-origin");
            headers["X-Frame-Options"].ShouldBe("DENY");
        }
    }

    [Fact]
    public async Task ThePage_NamesNothingElsewhere_AndHasNothingInline()
    {
        var page = (await scene.GetAsync("/", null, _browser)).Body;

        page.ShouldNotContain("http");
        page.ShouldNotContain("<style");
        page.ShouldNotContain("style=");
        Scripts().Matches(page).ShouldAllBe(m => m.Value.Contains("src=\"/assets/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("js", "text/javascript; charset=utf-8")]
    [InlineData("css", "text/css; charset=utf-8")]
    public async Task FilesNamedByTheirContent_AreKeptForEver(string ending, string type)
    {
        var reply = await scene.GetAsync(await AssetAsync(ending));

        reply.Status.ShouldBe(200);
        reply.Headers["Content-Type"].ShouldBe(type);
        reply.Headers["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
        reply.Headers["Vary"].ShouldBe("Accept-Encoding");
    }

    [Fact]
    public async Task WhatIsKnown_IsNotSentAgain()
    {
        var tag = (await scene.GetAsync("/")).Headers["ETag"];

        foreach (var known in (string[])[tag, "W/" + tag, "\"another\", " + tag, "*"])
        {
            var reply = await scene.GetAsync("/", null, ("If-None-Match", known));
            (reply.Status, reply.Body, reply.Headers["ETag"]).ShouldBe((304, "", tag));
        }

        (await scene.GetAsync("/", null, ("If-None-Match", "\"another\""))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Head_TellsTheSame_WithoutTheBody()
    {
        var get = await scene.GetAsync("/");

        var head = await scene.SendAsync("HEAD", "/", null, null);

        (head.Status, head.Body, head.Headers["Content-Length"], head.Headers["ETag"]).ShouldBe((200, "", get.Headers["Content-Length"], get.Headers["ETag"]));
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip;q=0.5, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("deflate", null)]
    [InlineData("", null)]
    public async Task Files_ComeInTheSmallestFormThatIsTaken(string accepts, string? coding)
    {
        var path = await AssetAsync("js");
        var plain = await BytesAsync(path, "identity");

        var (bytes, used) = await SentAsync(path, accepts);

        used.ShouldBe(coding);
        using var packed = new MemoryStream(bytes);
        await using Stream unpacked = coding switch { "br" => new BrotliStream(packed, CompressionMode.Decompress), "gzip" => new GZipStream(packed, CompressionMode.Decompress), _ => packed };
        using var content = new MemoryStream();
        await unpacked.CopyToAsync(content, TestContext.Current.CancellationToken);
        content.ToArray().ShouldBe(plain);
        if (coding is not null)
        {
            bytes.Length.ShouldBeLessThan(plain.Length / 2);
        }
    }

    [Fact]
    public async Task ForeignNamesAndPages_AreRefused()
    {
        (await scene.GetAsync("/", null, ("Host", "evil.example"))).ShouldBeRefused(403, "host_refused");
        (await scene.GetAsync("/", null, ("Origin", "https://evil.example"))).ShouldBeRefused(403, "host_refused");
        (await scene.GetAsync(await AssetAsync("js"), null, ("Host", "evil.example"))).ShouldBeRefused(403, "host_refused");
    }

    [Theory]
    [InlineData("/assets/..%2findex.html")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/assets//index.html")]
    [InlineData("/assets/index.html%00.js")]
    public async Task CrookedPaths_LeadNowhere(string path) => (await scene.GetAsync(path)).Status.ShouldBeOneOf(400, 404);

    /// <summary>The first file of a kind that the page names.</summary>
    /// <summary>What every page needs; the entry itself is too small to be compressed.</summary>
    private async Task<string> AssetAsync(string ending) => Regex.Match((await scene.GetAsync("/")).Body, $"/assets/base-[A-Za-z0-9_-]+\\.{ending}").Value;

    private async Task<byte[]> BytesAsync(string path, string accepts) => (await SentAsync(path, accepts)).Bytes;

    private async Task<(byte[] Bytes, string? Coding)> SentAsync(string path, string accepts)
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(scene.Url, path));
        if (accepts.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        }

        using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), reply.Content.Headers.ContentEncoding.FirstOrDefault());
    }

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();
}
