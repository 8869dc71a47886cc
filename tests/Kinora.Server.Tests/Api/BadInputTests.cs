using System.Text;
using Kinora.Server.Api;
using Kinora.Server.Schema;
using Kinora.Server.Tests.Mcp.Door;
using Kinora.Server.Tests.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Hostile texts wherever a caller can put one: refused in our own words, at once, with nothing of the inside in the answer (P-04, P-05, A-18, C-05).</summary>
public sealed class BadInputTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Videos = "/api/videos";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HostileTexts_AsIds_AreUnknown()
    {
        var token = await TokenAsync();
        foreach (var operation in scene.Operations.Where(o => o.Path.Contains('{', StringComparison.Ordinal)))
        {
            var few = operation.Name is not ("getVideo" or "getImageContent" or "getMedia" or "getSession" or "getWebhook" or "replayDelivery" or "changeUser" or "revokeKey");
            foreach (var path in Segments(few))
            {
                var target = Filled(operation, path);
                var reply = await RawAsync(operation.Method, target, token, operation.Body?.Example);
                reply.ShouldTellNothing();
                if (new Uri(scene.Url, target).AbsolutePath == target)
                {
                    // Dots make another address of it, which the caller may use; what is left is an id that nobody has.
                    (reply.Status is 400 or 404 or 405 or 414).ShouldBeTrue($"{operation.Name} {path}: {reply.Everything}");
                    (reply.Body.Length == 0 || reply.Code is "not_found" or "model_not_found" or "session_not_found" or "invalid_request" or "missing_required_parameter").ShouldBeTrue($"{operation.Name} {path}: {reply.Everything}");
                }
            }
        }
    }

    [Fact]
    public async Task HostileTexts_AsQueryValues_AreRefusedOrFindNothing()
    {
        var token = await TokenAsync();
        foreach (var operation in scene.Operations.Where(o => o.Query.Count > 0))
        {
            var path = OwnedThings.Address(operation, OwnedThings.Unknown);
            foreach (var param in operation.Query)
            {
                foreach (var segment in Segments(few: param is not TextParam { Choices.Count: 0 }))
                {
                    var reply = await RawAsync(operation.Method, $"{path}?{param.Name}={segment}", token, null);
                    reply.ShouldTellNothing();
                    reply.Status.ShouldBeOneOf(200, 400, 404);
                }
            }
        }
    }

    [Fact]
    public async Task HostileTexts_InEveryFieldOfEveryBody_AreRefusedOrPlainData()
    {
        var token = await TokenAsync();
        var files = Directory.GetFiles(scene.Kinora.Work, "*", SearchOption.AllDirectories);
        foreach (var operation in scene.Operations.Where(o => o.Body is not null && !o.BeforePassword && o.Name is not "signIn" and not "createKey" and not "createSession"))
        {
            var path = OwnedThings.Address(operation, OwnedThings.Unknown);
            foreach (var field in operation.Body!.Fields.Where(f => f.Name is not "prompt"))
            {
                var free = field is TextParam { Choices.Count: 0 };
                foreach (var literal in HostileStrings.Paths.Where((_, i) => free || i % 16 == 0))
                {
                    // No prompt: whatever else is wrong, no job is made.
                    var reply = await scene.SendAsync(operation.Method, path, token, $"{{\"{field.Name}\":{literal}}}");
                    reply.ShouldTellNothing();
                    reply.Status.ShouldBeInRange(400, 499, $"{operation.Name} {field.Name} {literal}");
                    reply.ShouldBeRefused(reply.Status, by: operation);
                }
            }
        }

        Directory.GetFiles(scene.Kinora.Work, "*", SearchOption.AllDirectories).ShouldBe(files);
    }

    [Fact]
    public async Task HostileTexts_AsNames_AreRefusedOrKeptAsTheyAre()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var token = scene.TokenOf(await scene.AddUserAsync());
        foreach (var literal in HostileStrings.Paths)
        {
            foreach (var (path, body, name) in ((string, string, string)[])
            [
                ("/api/keys", $$"""{"name":{{literal}}}""", "name"), ("/api/sessions", $$"""{"description":{{literal}}}""", "description"), ("/api/sessions", $$"""{"description":"x","session_name":{{literal}}}""", "session_name"),
                ("/api/sessions", $$"""{"description":"x","from_image":{{literal}}}""", ""), ("/api/webhooks", $$"""{"url":"{{receiver.Url}}","description":{{literal}}}""", "description"), ("/api/webhooks", $$"""{"url":{{literal}}}""", ""),
            ])
            {
                var reply = await scene.PostAsync(path, token, body);
                if (reply.Status == 200 && name.Length > 0)
                {
                    reply.Json.GetProperty(name).GetString()!.Trim().ShouldBe(HostileStrings.Text(literal)!.Trim());
                }
                else
                {
                    reply.Status.ShouldBeInRange(400, 499, $"{path} {body}: {reply.Everything}");
                    reply.ShouldBeRefused(reply.Status);
                }
            }
        }
    }

    [Theory]
    [InlineData("limit=-1")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=1e9")]
    [InlineData("limit=1000000000")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=1.5")]
    [InlineData("limit=")]
    [InlineData("limit=%201")]
    [InlineData("limit=0x10")]
    [InlineData("limit=true")]
    [InlineData("limit=1&limit=2")]
    [InlineData("limit[]=1")]
    [InlineData("offset=-1")]
    [InlineData("offset=1e9")]
    [InlineData("offset=1000000000")]
    [InlineData("cursor=")]
    [InlineData("cursor=abc")]
    [InlineData("cursor=' OR 1=1 --")]
    [InlineData("status=done")]
    [InlineData("status=completed&status=failed")]
    [InlineData("user_id=local")]
    [InlineData("sort=prompt")]
    [InlineData("$where=1")]
    public async Task Lists_WithParametersThatAreWrong_AreRefused(string query)
    {
        foreach (var name in (string[])["listVideos", "listImages"])
        {
            var operation = scene.Operation(name);
            (await scene.GetAsync($"{operation.Path}?{query}", await TokenAsync())).ShouldBeRefused(400, "invalid_request", operation);
        }
    }

    [Fact]
    public async Task Search_TakesEveryTextAsText()
    {
        var token = await TokenAsync();
        foreach (var text in (string[])["%", "_", "\\", "'", "\"", "' OR '1'='1", "*", "[a-z]", "(", "\u0000", "\ud83d\ude00", new string('x', 200)])
        {
            var reply = await scene.GetAsync($"{Videos}?q={Uri.EscapeDataString(text)}&limit=1", token);
            reply.ShouldTellNothing();
            (reply.Status is 200 or 400).ShouldBeTrue(reply.Everything);
            if (reply.Status == 200)
            {
                reply.Json.GetProperty("videos").GetArrayLength().ShouldBe(0, text);
            }
        }
    }

    [Fact]
    public async Task IdempotencyKeys_AtTheEdges()
    {
        var token = scene.TokenOf(await scene.AddUserAsync());
        const string body = """{"prompt":"A kite","size":"320x180","seconds":"1"}""";
        foreach (var key in (string[])["", " ", new string('k', 256), new string('k', 10_000), "a\tb", "a\u007fb", "\u0001"])
        {
            var reply = await scene.PostAsync(Videos, token, body, ("Idempotency-Key", key));
            reply.Status.ShouldBe(400, $"\"{key}\": {reply.Everything}");
            reply.ShouldTellNothing();
        }

        (await RawAsync("POST", Videos, $"{token}\r\nIdempotency-Key: a\r\nIdempotency-Key: b", body)).ShouldBeRefused(400, "invalid_request");
        (await scene.GetAsync(Videos, token)).Json.GetProperty("videos").GetArrayLength().ShouldBe(0);

        // A refused request is not kept under its key.
        var most = new string('k', 255);
        (await scene.PostAsync(Videos, token, """{"prompt":""}""", ("Idempotency-Key", most))).ShouldBeRefused(400);
        var first = await scene.PostAsync(Videos, token, body, ("Idempotency-Key", most));
        first.Status.ShouldBe(200, first.Everything);
        var again = await scene.PostAsync(Videos, token, body, ("Idempotency-Key", most));
        again.Json.GetProperty("id").GetString().ShouldBe(first.Json.GetProperty("id").GetString());
        again.Json.GetProperty("kinora").GetProperty("deduplicated").GetBoolean().ShouldBeTrue();
        (await scene.PostAsync(Videos, token, body.Replace("kite", "boat", StringComparison.Ordinal), ("Idempotency-Key", most))).ShouldBeRefused(422, "idempotency_key_reused", scene.Operation("createVideo"));
        var others = await scene.PostAsync(Videos, scene.TokenOf(await scene.AddUserAsync()), body, ("Idempotency-Key", most));
        others.Json.GetProperty("id").GetString().ShouldNotBe(first.Json.GetProperty("id").GetString());
        (await scene.GetAsync(Videos, token)).Json.GetProperty("videos").GetArrayLength().ShouldBe(1);
    }

    private async Task<string> TokenAsync() => scene.TokenOf(await scene.AdminAsync());

    /// <summary>Hostile texts as one part of an address: raw where that can be sent, encoded once and twice.</summary>
    private static IEnumerable<string> Segments(bool few)
    {
        foreach (var literal in few ? HostileStrings.Paths.Where((_, i) => i % 16 == 0) : HostileStrings.Paths)
        {
            if (HostileStrings.Text(literal) is not { Length: > 0 and < 2_000 } text)
            {
                continue;
            }

            var once = string.Concat(Encoding.UTF8.GetBytes(text).Select(b => char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"%{b:X2}"));
            yield return once;
            yield return once.Replace("%", "%25", StringComparison.Ordinal);
            if (text.All(c => c is > ' ' and < '\u007f' and not '#' and not '?'))
            {
                yield return text;
            }
        }
    }

    private static string Filled(ApiOperation operation, string segment) =>
        string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? segment : part));

    private Task<ApiReply> RawAsync(string method, string target, string token, string? json) => RawHttp.SendAsync(scene.Url, method, target, token, json, Cancel);
}
