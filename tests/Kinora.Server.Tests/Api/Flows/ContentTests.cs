using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Files of a video over HTTP: whole, in ranges, under conditions.</summary>
[Collection(nameof(ServedApi))]
public sealed class ContentTests(ServedApi api)
{
    private ApiClient User => field ??= api.Admin;

    [Fact]
    public async Task Whole_IsTheStoredFile_UnderHeadersThatLetNoBrowserTakeItForAPage()
    {
        var id = await User.MadeAsync();
        var files = (await User.GetAsync($"/api/videos/{id}")).Json.GetProperty("kinora").GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("variant").GetString()!);
        foreach (var (variant, type, name) in new[] { ("video", "video/mp4", ".mp4"), ("thumbnail", "image/webp", "-thumbnail.webp"), ("spritesheet", "image/jpeg", "-spritesheet.jpg") })
        {
            var reply = await User.GetAsync($"/api/videos/{id}/content?variant={variant}");

            reply.Status.ShouldBe(OK, reply.Text);
            reply.Header("Content-Type").ShouldBe(type);
            reply.Header("Accept-Ranges").ShouldBe("bytes");
            reply.Header("X-Content-Type-Options").ShouldBe("nosniff");
            reply.Header("Content-Disposition").ShouldBe($"inline; filename=\"video_{id.Replace("-", "", StringComparison.Ordinal)}{name}\"");
            reply.Header("Content-Security-Policy")!.ShouldContain("sandbox");
            reply.Header("Set-Cookie").ShouldBeNull();
            reply.Header("ETag").ShouldBe($"\"{reply.Sha256}\"");
            reply.Sha256.ShouldBe(files[variant].GetProperty("sha256").GetString());
            reply.Bytes.Length.ShouldBe(files[variant].GetProperty("bytes").GetInt32());
            var stored = Directory.GetFiles(Path.Combine(api.Assets, id[..2], id.Replace("-", "", StringComparison.Ordinal)), variant + ".*").Single();
            reply.Bytes.ShouldBe(await File.ReadAllBytesAsync(stored));
        }

        (await User.GetAsync($"/api/videos/{id}/content")).Sha256.ShouldBe(files["video"].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Ranges_OfEveryForm_AreExact_OrRefused_OrIgnored()
    {
        var path = $"/api/videos/{await User.MadeAsync()}/content";
        var all = (await User.GetAsync(path)).Bytes;
        var end = all.Length - 1;
        foreach (var (range, from, to) in new[]
        {
            ("bytes=0-0", 0, 0), ("bytes=0-99", 0, 99), ($"bytes={end}-", end, end), ("bytes=-1", end, end), ("bytes=-500", end - 499, end), ("bytes=100-", 100, end),
            ("bytes=0-", 0, end), ($"bytes=10-{end + 1000}", 10, end), ($"bytes=-{end + 1000}", 0, end), ("BYTES=5-9", 5, 9),
        })
        {
            var part = await User.GetAsync(path, ("Range", range));
            part.Status.ShouldBe(PartialContent, range);
            part.Header("Content-Range").ShouldBe(FormattableString.Invariant($"bytes {from}-{to}/{all.Length}"));
            part.Bytes.ShouldBe(all[from..(to + 1)], range);
        }

        foreach (var range in new[] { $"bytes={end + 1}-", $"bytes={end + 1}-{end + 9}", "bytes=-0" })
        {
            var refused = await User.GetAsync(path, ("Range", range));
            refused.Status.ShouldBe(RequestedRangeNotSatisfiable, range);
            refused.Header("Content-Range").ShouldBe(FormattableString.Invariant($"bytes */{all.Length}"));
            refused.Bytes.ShouldBeEmpty();
        }

        // RFC 9110, 14.2: what is no byte range is as if it were not there. Several at once are answered with the whole, which is allowed.
        foreach (var range in new[] { "items=0-1", "bytes=5-1", "bytes=abc", "bytes=", "bytes", "0-1", "bytes=0-1,5-9", "bytes=0-0,0-0,0-0,0-0,0-0", "bytes=--1", "bytes=1-2x" })
        {
            var whole = await User.GetAsync(path, ("Range", range));
            whole.Status.ShouldBe(OK, range);
            whole.Bytes.Length.ShouldBe(all.Length, range);
        }
    }

    [Fact]
    public async Task IfRange_GivesThePartOnlyToWhoeverHoldsThisVeryFile()
    {
        var path = $"/api/videos/{await User.MadeAsync()}/content";
        var etag = (await User.GetAsync(path)).Header("ETag")!;
        (await User.GetAsync(path, ("Range", "bytes=0-9"), ("If-Range", etag))).Status.ShouldBe(PartialContent);
        foreach (var other in new[] { "\"another\"", "W/" + etag, etag.Trim('"'), DateTimeOffset.UtcNow.AddDays(1).ToString("R"), DateTimeOffset.UnixEpoch.ToString("R"), "nonsense" })
        {
            (await User.GetAsync(path, ("Range", "bytes=0-9"), ("If-Range", other))).Status.ShouldBe(OK, other);
        }
    }

    [Fact]
    public async Task Conditions_SpareTheBytes()
    {
        var path = $"/api/videos/{await User.MadeAsync()}/content";
        var etag = (await User.GetAsync(path)).Header("ETag")!;
        foreach (var known in new[] { etag, "W/" + etag, "*", $"\"another\", {etag}" })
        {
            var same = await User.GetAsync(path, ("If-None-Match", known));
            same.Status.ShouldBe(NotModified, known);
            same.Header("ETag").ShouldBe(etag);
            same.Bytes.ShouldBeEmpty();
        }

        (await User.GetAsync(path, ("If-None-Match", "\"another\""))).Status.ShouldBe(OK);
        (await User.GetAsync(path, ("If-Match", "\"another\""))).Status.ShouldBe(PreconditionFailed);
        (await User.GetAsync(path, ("If-None-Match", etag), ("Range", "bytes=0-1"))).Status.ShouldBe(NotModified);
    }

    [Fact]
    public async Task Head_SaysWhatGetWould_AndKnowsNoRanges()
    {
        var path = $"/api/videos/{await User.MadeAsync()}/content";
        var whole = await User.GetAsync(path);
        foreach (var range in new (string, string)[][] { [], [("Range", "bytes=0-9")], [("Range", "bytes=999999999-")] })
        {
            var head = await User.SendAsync(HttpMethod.Head, path, null, range);
            head.Status.ShouldBe(OK);
            head.Message.Content.Headers.ContentLength.ShouldBe(whole.Bytes.Length);
            head.Header("ETag").ShouldBe(whole.Header("ETag"));
            head.Header("Accept-Ranges").ShouldBe("bytes");
        }
    }

    [Fact]
    public async Task Refusals_AreInTheOriginalsWords()
    {
        var id = await User.StartAsync(new { prompt = "A slow pan", size = "1280x720", seconds = "60" });
        (await User.GetAsync($"/api/videos/{id}/content")).ShouldBe(BadRequest, "Video is not ready yet");
        (await User.GetAsync($"/api/videos/{id}/content?variant=poster")).ShouldBe(BadRequest, "Invalid variant. Use video, thumbnail or spritesheet");
        (await User.GetAsync($"/api/videos/{id}/screenshots")).ShouldBe(BadRequest, "Video is not ready yet");
        (await User.PostAsync($"/api/videos/{id}/cancel")).Status.ShouldBe(OK);
        (await User.EndAsync(id)).GetProperty("kinora").GetProperty("stage").GetString().ShouldBe("cancelled");
        (await User.GetAsync($"/api/videos/{Guid.NewGuid()}/content")).ShouldBe(NotFound, "Video not found");
        using var another = await api.NewUserAsync();
        (await another.GetAsync($"/api/videos/{id}/content")).ShouldBe(NotFound, "Video not found");
    }

    /// <summary>Byte 2^32 and what lies around it, of a file larger than memory should ever hold.</summary>
    [Fact]
    public async Task AFileOfFourGibibytes_IsStreamed_FromAnyPlaceOfIt_AndClientsThatGoAwayCostNothing()
    {
        var id = await User.MadeAsync();
        var stored = Directory.GetFiles(Path.Combine(api.Assets, id[..2], id.Replace("-", "", StringComparison.Ordinal)), "video.*").Single();
        const long Length = (1L << 32) + 1000;
        await using (var file = File.OpenWrite(stored))
        {
            file.SetLength(Length); // with a hole, so it takes no room
            file.Seek(1L << 32, SeekOrigin.Begin);
            file.Write("beyond what 32 bits count"u8);
        }

        var path = $"/api/videos/{id}/content";
        var before = api.Served.PeakMemory;
        (await User.GetAsync(path, ("Range", "bytes=4294967296-4294967320"))).Bytes.ShouldBe("beyond what 32 bits count"u8.ToArray());
        (await User.GetAsync(path, ("Range", "bytes=-1000"))).Header("Content-Range").ShouldBe("bytes 4294967296-4294968295/4294968296");
        (await User.SendAsync(HttpMethod.Head, path)).Message.Content.Headers.ContentLength.ShouldBe(Length);
        for (var i = 0; i < 20; i++)
        {
            using var opened = await User.OpenAsync(path, TestContext.Current.CancellationToken);
            await using var stream = await opened.Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[1 << 20]);
        }

        (await User.GetAsync(path, ("Range", "bytes=0-99"))).Status.ShouldBe(PartialContent);
        (api.Served.PeakMemory - before).ShouldBeLessThan(32 << 20);
    }
}
