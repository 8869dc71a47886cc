using System.Text.Json;
using System.Text.RegularExpressions;
using Kinora.Errors;
using Kinora.Server.Api;
using Kinora.Server.Gateway;
using Shouldly;

namespace Kinora.Server.Tests.Api;

/// <summary>What came back over the wire.</summary>
internal sealed record ApiReply(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>In the words of whichever API it was.</summary>
    public string? Code => Status >= 400 && Body.StartsWith('{') ? (InOpenAisWords ? Json.GetProperty("error") : Json).GetProperty("code").GetString() : null;

    private bool InOpenAisWords => Json.GetProperty("error").ValueKind == JsonValueKind.Object;

    public string Everything => $"{Status} {string.Join("; ", Headers.Select(h => $"{h.Key}: {h.Value}"))}\n{Body}";

    /// <summary>All there is to see, but for what names this one request: equal replies tell nothing apart.</summary>
    public string Seen => $"{Status}\n{string.Join('\n', Headers.Where(h => h.Key is not "Date" && !h.Key.Equals("x-request-id", StringComparison.OrdinalIgnoreCase)).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}"))}\n{RequestId.Replace(Body, "")}";

    public static async Task<ApiReply> ReadAsync(HttpResponseMessage message, CancellationToken cancel)
    {
        using (message)
        {
            var headers = message.Headers.Concat(message.Content.Headers).Concat(message.TrailingHeaders).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            return new ApiReply((int)message.StatusCode, await message.Content.ReadAsStringAsync(cancel), headers);
        }
    }

    /// <summary>One of our refusals: its form, its headers, the status of its code, nothing of the inside; and of an operation only what its description says.</summary>
    public ApiReply ShouldBeRefused(int status, string? code = null, ApiOperation? by = null)
    {
        Status.ShouldBe(status, Everything);
        Headers["Content-Type"].ShouldBe("application/json; charset=utf-8", Everything);
        Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        Headers["Cache-Control"].ShouldBe("no-store");
        if (InOpenAisWords)
        {
            ShouldBeOpenAisError(code, by);
            return ShouldTellNothing();
        }

        Json.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        Json.GetProperty("request_id").GetString()!.ShouldStartWith("req_");
        ApiErrors.StatusOf(Code!).ShouldBe(Status);
        if (code is not null)
        {
            Code.ShouldBe(code, Everything);
        }

        by?.AllErrors.ShouldContain(Code!, $"{by.Name} does not say that it may answer with {Code}");
        return ShouldTellNothing();
    }

    private void ShouldBeOpenAisError(string? code, ApiOperation? by)
    {
        var error = Json.GetProperty("error");
        Json.EnumerateObject().Select(p => p.Name).ShouldBe(["error"]);
        error.EnumerateObject().Select(p => p.Name).ShouldBe(["message", "type", "param", "code"]);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        Headers["x-request-id"].ShouldStartWith("req_");
        if (code is not null)
        {
            OpenAisCodes(code, by).ShouldContain(Code!, Everything);
        }

        by?.AllErrors.SelectMany(c => OpenAisCodes(c, by)).ShouldContain(Code!, $"{by.Name} does not say that it may answer with {Code}");
    }

    /// <summary>What one of our codes is called there.</summary>
    private static string[] OpenAisCodes(string code, ApiOperation? by)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            (by?.Style ?? OpenAiStyle.Instance).Write(json, new KinoraException(code, "x"), "req_x");
        }

        var named = JsonDocument.Parse(bytes.ToArray()).RootElement.GetProperty("error").GetProperty("code").GetString();
        return code == ErrorCodes.InvalidRequest ? [code, "missing_required_parameter", "invalid_type", "unknown_parameter", "invalid_value"] : named is null ? [] : [named];
    }

    /// <summary>Nothing about the program, its machine or its database.</summary>
    public ApiReply ShouldTellNothing()
    {
        Status.ShouldBeLessThan(500, Everything);
        foreach (var word in (ReadOnlySpan<string>)["Exception", "   at ", ".cs:", "SELECT ", "sqlite", "SQLite", "kinora-cli-", "Kinora.Server", "Microsoft."])
        {
            Body.Contains(word, StringComparison.Ordinal).ShouldBeFalse($"{word} in {Everything}");
        }

        return this;
    }

    private static Regex RequestId { get; } = new("\"request_id\":\"[^\"]*\"", RegexOptions.Compiled);
}
