using System.Diagnostics;
using System.Text;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Bodies that are no JSON, not the JSON that is asked for, or too much of it: refused at once, in few words.</summary>
public sealed class BadJsonTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Videos = "/api/videos";
    private static readonly TimeSpan _atOnce = TimeSpan.FromSeconds(3);

    public static TheoryData<string, byte[]> Json() => new()
    {
        { "a field twice", """{"prompt":"x","prompt":"y"}"""u8.ToArray() },
        { "a field twice, once escaped", """{"prompt":"x","\u0070rompt":"y"}"""u8.ToArray() },
        { "a field twice in a field", """{"prompt":"x","a":{"b":1,"b":2}}"""u8.ToArray() },
        { "deep lists", Encoding.ASCII.GetBytes("{\"prompt\":" + new string('[', 100_000)) },
        { "deep objects, whole", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40)) },
        { "invalid UTF-8 in a value", [.. "{\"prompt\":\""u8, 0xff, 0xfe, .. "\"}"u8] },
        { "invalid UTF-8 in a name", [.. "{\""u8, 0xc3, 0x28, .. "\":\"x\"}"u8] },
        { "invalid UTF-8 in a list", [.. "{\"prompt\":[\""u8, 0xed, 0xa0, 0x80, .. "\"]}"u8] },
        { "an overlong encoding", [.. "{\"prompt\":\""u8, 0xc0, 0xaf, .. "\"}"u8] },
        { "half a surrogate pair in a value", """{"prompt":"\ud800"}"""u8.ToArray() },
        { "half a surrogate pair in seconds", """{"prompt":"x","seconds":"\udfff"}"""u8.ToArray() },
        { "half a surrogate pair in a name", """{"prompt":"x","\uD800":1}"""u8.ToArray() },
        { "half a surrogate pair deep inside", """{"prompt":{"a":["\ud83d"]}}"""u8.ToArray() },
        { "a list", "[]"u8.ToArray() },
        { "a text", "\"x\""u8.ToArray() },
        { "null", "null"u8.ToArray() },
        { "blanks", "   "u8.ToArray() },
        { "cut off", "{\"prompt\":\"x"u8.ToArray() },
        { "two objects", "{\"prompt\":\"x\"}{}"u8.ToArray() },
        { "a comment", "{\"prompt\":\"x\"/*y*/}"u8.ToArray() },
        { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{\"prompt\":\"x\"}")] },
        { "NUL", "{\"prompt\":\"x\"}\0"u8.ToArray() },
        { "a number that is none", "{\"prompt\":\"x\",\"seed\":1e999}"u8.ToArray() },
        { "a long number", Encoding.ASCII.GetBytes("{\"prompt\":\"x\",\"seed\":" + new string('9', 10_000) + "}") },
        { "NaN", "{\"prompt\":\"x\",\"max_cost_usd\":NaN}"u8.ToArray() },
        { "a prompt of a megabyte", Encoding.ASCII.GetBytes("{\"prompt\":\"" + new string('x', 1 << 20) + "\"}") },
        { "a prompt of blanks", "{\"prompt\":\" \\n\\t\"}"u8.ToArray() },
        { "a prompt that is a list", "{\"prompt\":[\"x\"]}"u8.ToArray() },
        { "base64 that is none", "{\"prompt\":\"x\",\"first_frame\":\"!!!!\"}"u8.ToArray() },
        { "fields a caller must not set", """{"prompt":"x","user_id":"local","cost":0,"status":"completed","owner":"local","id":"x"}"""u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Json))]
    public async Task Json_ThatIsWrong_IsRefusedAtOnce(string what, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var watch = Stopwatch.StartNew();

        var reply = await scene.SendContentAsync("POST", Videos, await TokenAsync(), content);

        watch.Elapsed.ShouldBeLessThan(_atOnce, what);
        reply.Status.ShouldBeOneOf(400, 415);
        reply.ShouldBeRefused(reply.Status, by: scene.Operation("createVideo"));
        reply.Body.Length.ShouldBeLessThan(4_000, "nobody sends it back");
    }

    [Fact]
    public async Task Json_WithAByteOrderMark_IsRead()
    {
        using var content = new ByteArrayContent([0xef, 0xbb, 0xbf, .. """{"prompt":""}"""u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");

        (await scene.SendContentAsync("POST", Videos, await TokenAsync(), content)).ShouldBeRefused(400).Json.GetProperty("error").GetString().ShouldBe("Prompt is required");
    }

    private async Task<string> TokenAsync() => scene.TokenOf(await scene.AdminAsync());
}
