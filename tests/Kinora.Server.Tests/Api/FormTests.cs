using System.Diagnostics;
using System.Net;
using System.Text;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Tests.Mcp.Door;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Forms and bodies that are too many, too big, broken or lie: refused at once in our own words, and nothing is left of them (H-07, H-08, U-18, U-19, P-03).</summary>
public sealed class FormTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Videos = "/api/videos";
    private const string Boundary = "xyz";
    private static readonly TimeSpan _atOnce = TimeSpan.FromSeconds(1);

    private ApiOperation Create => scene.Operation("createVideo");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, int> Broken() => new()
    {
        { "1,500 fields", "application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 1_500).Select(i => FormattableString.Invariant($"f{i}=1"))), 400 },
        { "one field 1,500 times", "application/x-www-form-urlencoded", string.Join('&', Enumerable.Repeat("prompt=x", 1_500)), 400 },
        { "a field twice", "application/x-www-form-urlencoded", "prompt=x&prompt=y", 400 },
        { "a field with a long name", "application/x-www-form-urlencoded", new string('n', 10_000) + "=1", 400 },
        { "a field of a megabyte", "application/x-www-form-urlencoded", "prompt=" + new string('x', 1 << 20), 400 },
        { "an unknown field", "application/x-www-form-urlencoded", "prompt=x&user_id=local", 400 },
        { "percents that are none", "application/x-www-form-urlencoded", "prompt=%zz%&%=%&=&&&", 400 },
        { "5,000 parts", $"multipart/form-data; boundary={Boundary}", Parts(Enumerable.Range(0, 5_000).Select(i => (FormattableString.Invariant($"form-data; name=\"f{i}\""), "1"))), 400 },
        { "a part twice", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"", "x"), ("form-data; name=\"prompt\"", "y")]), 400 },
        { "a part without a name", $"multipart/form-data; boundary={Boundary}", Parts([("form-data", "x")]), 400 },
        { "a part with an empty name", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"\"", "x")]), 400 },
        { "a part with a long name", $"multipart/form-data; boundary={Boundary}", Parts([($"form-data; name=\"{new string('n', 300)}\"", "x")]), 400 },
        { "a part with long headers", $"multipart/form-data; boundary={Boundary}", Parts([($"form-data; name=\"prompt\"; x=\"{new string('n', 20_000)}\"", "x")]), 400 },
        { "a part with many headers", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"" + string.Concat(Enumerable.Range(0, 200).Select(i => $"\r\nX-{i}: 1")), "x")]), 400 },
        { "a part without headers", $"multipart/form-data; boundary={Boundary}", $"--{Boundary}\r\n\r\nx\r\n--{Boundary}--\r\n", 400 },
        { "a part of a megabyte of text", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"", new string('x', 1 << 20))]), 413 },
        { "no boundary", "multipart/form-data", Parts([("form-data; name=\"prompt\"", "x")]), 415 },
        { "an empty boundary", "multipart/form-data; boundary=", Parts([("form-data; name=\"prompt\"", "x")]), 415 },
        { "a long boundary", "multipart/form-data; boundary=" + new string('b', 71), Parts([("form-data; name=\"prompt\"", "x")]), 415 },
        { "another boundary", "multipart/form-data; boundary=abc", Parts([("form-data; name=\"prompt\"", "x")]), 400 },
        { "cut off within a part", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"", "a lighthouse")])[..^14], 400 },
        { "cut off within a file", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"first_frame\"; filename=\"a.png\"", new string('x', 100_000))])[..50_000], 400 },
        { "cut off within headers", $"multipart/form-data; boundary={Boundary}", $"--{Boundary}\r\nContent-Dispo", 400 },
        { "a form in a form", $"multipart/form-data; boundary={Boundary}", Nested(), 400 },
        { "a file under another name", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"; filename=\"x.png\"", "x")]), 400 },
        { "two files where one may be", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"first_frame\"; filename=\"a\"", "x"), ("form-data; name=\"first_frame\"; filename=\"b\"", "x")]), 400 },
        { "two pictures that exclude each other", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"", "x"), ("form-data; name=\"first_frame\"; filename=\"a\"", "x"), ("form-data; name=\"input_reference\"; filename=\"b\"", "x")]), 400 },
        { "a file that is no picture", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"", "x"), ("form-data; name=\"first_frame\"; filename=\"a.png\"", "no picture")]), 415 },
        { "a file that is empty", $"multipart/form-data; boundary={Boundary}", Parts([("form-data; name=\"prompt\"", "x"), ("form-data; name=\"first_frame\"; filename=\"a.png\"", "")]), 415 },
        { "nothing", "multipart/form-data; boundary=xyz", "--xyz--\r\n", 400 },
        { "another type", "text/plain", "prompt=x", 415 },
        { "XML", "application/xml", "<prompt>x</prompt>", 415 },
        { "two types", "application/json, text/plain", "{}", 415 },
        { "JSON lines", "application/x-ndjson", "{\"prompt\":\"x\"}", 415 },
        { "no type", "", "{\"prompt\":\"x\"}", 415 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Broken_IsRefusedAtOnce_AndLeavesNothing(string what, string type, string body, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        (await AtOnceAsync(content, what)).ShouldBeRefused(status, by: Create);
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    [InlineData("gzip, gzip")]
    public async Task Compressed_IsNotRead(string encoding)
    {
        using var content = new StringContent("""{"prompt":"x"}""", Encoding.UTF8, "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        (await AtOnceAsync(content, encoding)).ShouldBeRefused(415, "body_unreadable", Create);
    }

    [Theory]
    [InlineData("application/json", 17)]
    [InlineData("application/x-www-form-urlencoded", 17)]
    [InlineData("multipart/form-data; boundary=xyz", 170)]
    public async Task OverTheLimit_Announced_IsRefusedUnread(string type, int megabytes)
    {
        using var content = new Unsent((long)megabytes << 20);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var reply = await scene.SendContentAsync("POST", Videos, scene.TokenOf(await scene.AdminAsync()), content, ("Expect", "100-continue"));

        reply.ShouldBeRefused(413, "body_too_large", Create);
        content.Asked.ShouldBeFalse();
    }

    [Theory]
    [InlineData("application/json", "{\"prompt\":\"", 17)]
    [InlineData("application/x-www-form-urlencoded", "prompt=", 17)]
    [InlineData("multipart/form-data; boundary=xyz", "--xyz\r\nContent-Disposition: form-data; name=\"first_frame\"; filename=\"a\"\r\n\r\n", 27)]
    public async Task OverTheLimit_InChunks_IsCutOff(string type, string start, int megabytes)
    {
        var chunk = Enumerable.Repeat((byte)'x', 1 << 20).ToArray();

        var reply = await RawHttp.SendChunksAsync(scene.Url, Videos, scene.TokenOf(await scene.AdminAsync()), type, Enumerable.Repeat(chunk, megabytes).Prepend(Encoding.ASCII.GetBytes(start)), Cancel);

        reply.ShouldBeRefused(413, by: Create);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task HostileFileNames_AreNobodysBusiness()
    {
        foreach (var literal in HostileStrings.Paths)
        {
            if (HostileStrings.Text(literal) is not { } name)
            {
                continue;
            }

            foreach (var star in (bool[])[false, true])
            {
                var file = star ? $"filename=\"a.png\"; filename*=UTF-8''{Uri.EscapeDataString(name)}" : $"filename=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
                using var content = Picture("name=\"first_frame\"; " + file);
                // Without a prompt, so that no job is made of it; the file is taken first.
                var error = (await SendAsync(content)).ShouldBeRefused(400, "invalid_request").Json.GetProperty("error").GetString()!;
                error.ShouldStartWith(name.Length > 1_000 ? "The form could not be read" : "Prompt is required", customMessage: literal);
            }
        }

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task AHostileFileName_OfAGoodPicture_IsNowhereToBeSeen()
    {
        using var content = Picture("name=\"first_frame\"; filename=\"../../../../quetzal.svg\"; filename*=UTF-8''%2Fetc%2Fquetzal", ("prompt", "A kite"), ("size", "320x180"), ("seconds", "1"));
        var reply = await SendAsync(content);

        reply.Status.ShouldBe(200, reply.Everything);
        reply.Body.ShouldNotContain("quetzal");
        var images = await scene.GetAsync($"{Videos}/{reply.Json.GetProperty("id").GetString()}/reference-images", scene.TokenOf(await scene.AdminAsync()));
        images.Json.GetProperty("images")[0].GetProperty("filename").GetString().ShouldBe("first_frame.png");
        Directory.GetFiles(scene.Kinora.Data, "*quetzal*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private async Task<ApiReply> AtOnceAsync(HttpContent content, string what)
    {
        var watch = Stopwatch.StartNew();
        var reply = await SendAsync(content);
        watch.Elapsed.ShouldBeLessThan(_atOnce * 3, what);
        return reply;
    }

    private async Task<ApiReply> SendAsync(HttpContent content, string path = Videos) => await scene.SendContentAsync("POST", path, scene.TokenOf(await scene.AdminAsync()), content);

    /// <summary>Uploads are scratch files of this folder, as the work of jobs is.</summary>
    private async Task NothingIsLeftAsync()
    {
        var work = Path.Combine(scene.Kinora.Data, "work");
        foreach (var folder in Directory.Exists(work) ? Directory.GetFileSystemEntries(work) : [])
        {
            (JobId.TryParse(Path.GetFileName(folder), out var id) ? await scene.Host.Get<IJobStore>().GetAsync(id, null, Cancel) : null).ShouldNotBeNull($"{folder} belongs to no job");
        }
    }

    /// <summary>A good picture of one pixel, under any name.</summary>
    private static ByteArrayContent Picture(string disposition, params IEnumerable<(string Name, string Value)> fields)
    {
        var picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        var start = string.Concat(fields.Select(f => $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{f.Name}\"\r\n\r\n{f.Value}\r\n")) + $"--{Boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n";
        var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(start), .. picture, .. Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n")]);
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Boundary}");
        return content;
    }

    private static string Parts(IEnumerable<(string Disposition, string Body)> parts) =>
        string.Concat(parts.Select(p => $"--{Boundary}\r\nContent-Disposition: {p.Disposition}\r\n\r\n{p.Body}\r\n")) + $"--{Boundary}--\r\n";

    private static string Nested() =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"first_frame\"\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\nContent-Disposition: file; filename=\"a.png\"\r\n\r\nx\r\n--in--\r\n--{Boundary}--\r\n";

    /// <summary>A body that is never asked for.</summary>
    private sealed class Unsent(long length) : HttpContent
    {
        public bool Asked { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Asked = true;
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
