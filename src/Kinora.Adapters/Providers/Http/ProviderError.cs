using System.Text.Json;
using Kinora.Errors;

namespace Kinora.Adapters.Providers.Http;

/// <summary>What a provider says went wrong, in any of the forms seen (sources: the NOTES.md of the folders). Raw: it passes the <see cref="Redactor"/> before it leaves.</summary>
/// <param name="Code">Its <c>code</c> and <c>type</c>, in lower case, one blank between.</param>
/// <param name="Text">Its message; empty when there is none.</param>
internal sealed record ProviderError(string Code, string Text)
{
    public static readonly ProviderError None = new("", "");

    private static readonly string[] _textNames = ["message", "msg", "error_message", "fail_reason", "failure_reason"];
    private static readonly string[] _goodCodes = ["", "0", "200", "ok", "success"];

    /// <summary>True for an error said as such (<c>error</c>, <c>detail</c>, or a code that is none of success), false for mere words such as <c>message</c>.</summary>
    public bool Stated { get; private init; }

    /// <summary>The error in an answer; null when the answer is no error in a form of a provider's.</summary>
    public static ProviderError? Read(ApiReply reply) => Read(reply.ReadLoose());

    /// <summary>The same, from a part of an answer: <c>{error:{}}</c>, <c>{error:"…"}</c>, <c>{detail:"…"}</c>, <c>{detail:[{msg}]}</c>, <c>{code,message}</c>, <c>{fail_reason}</c>.</summary>
    public static ProviderError? Read(JsonElement root)
    {
        foreach (var inner in new[] { root.At("error"), root.At("detail") })
        {
            var found = inner.ValueKind switch
            {
                JsonValueKind.String when inner.Text() is { Length: > 0 } text => new ProviderError(Codes(root), text),
                JsonValueKind.Object when Codes(inner) is var codes && TextIn(inner) is var text && (codes + text).Length > 0 =>
                    new ProviderError(codes, text.Length > 0 ? text : codes),
                JsonValueKind.Array when inner.GetArrayLength() > 0 => new ProviderError("", string.Join("; ", inner.EnumerateArray().Take(5).Select(Fault))),
                _ => null,
            };
            if (found is not null)
            {
                return found with { Text = found.Text + NodeFaults(root), Stated = true };
            }
        }

        return TextIn(root) is { Length: > 0 } words ? new ProviderError(Codes(root), words) { Stated = !_goodCodes.Contains(TextOf(root, "code").ToLowerInvariant()) } : null;
    }

    /// <summary>It says that the key is none of its keys.</summary>
    public bool IsAboutTheKey => Has(Code, "invalid_api_key", "api_key_invalid", "authentication_error");

    /// <summary>Our word for it.</summary>
    /// <param name="otherwise">The word when the provider's own says nothing we know.</param>
    public string ToCode(string otherwise)
    {
        if (Has(Code, "moderation", "content_policy", "content_filter", "safety", "sensitive", "bio_policy", "policy_violation")
            || Has(Text, "content policy", "usage policy", "moderation", "safety system"))
        {
            return ErrorCodes.ContentPolicy;
        }

        if (Has(Code, "insufficient_quota", "insufficient_user_quota", "insufficient_balance", "billing", "accountoverdue") || Has(Text, "exceeded your current quota", "insufficient balance", "insufficient credit"))
        {
            return ErrorCodes.ProviderQuota;
        }

        if (Has(Code, "model_not_found", "model_not_exist", "invalid_model") || (Has(Text, "model") && Has(Text, "does not exist", "not found", "not exist")))
        {
            return ErrorCodes.ModelNotFound;
        }

        return Has(Code, "invalid_api_key", "authentication", "permission") ? ErrorCodes.ProviderNotAllowed : otherwise;
    }

    private static string TextIn(JsonElement part) => _textNames.Select(name => TextOf(part, name)).FirstOrDefault(value => value.Length > 0) ?? "";

    private static string Codes(JsonElement part) =>
        string.Join(' ', new[] { TextOf(part, "code"), TextOf(part, "error_code"), TextOf(part, "type") }.Where(code => code.Length > 0)).ToLowerInvariant();

    // ComfyUI: {error, node_errors:{"6":{class_type, errors:[{message, details}]}}}. The error alone says only that there are some.
    private static string NodeFaults(JsonElement root) => string.Concat(root.At("node_errors").Fields().Take(5).Select(node =>
        $"; node {node.Name} ({TextOf(node.Value, "class_type")}): {string.Join(", ", node.Value.At("errors").Items().Take(3).Select(error => $"{TextOf(error, "message")} {TextOf(error, "details")}".Trim()))}"));

    // FastAPI: {loc:["body","prompt"], msg:"field required"}.
    private static string Fault(JsonElement fault) =>
        fault.ValueKind != JsonValueKind.Object ? fault.Text() ?? fault.GetRawText()
        : fault.At("loc") is { ValueKind: JsonValueKind.Array } place
            ? $"{string.Join('.', place.Items().Select(step => step.Text()))}: {TextOf(fault, "msg")}"
            : TextOf(fault, "msg");

    private static string TextOf(JsonElement part, string name) => part.At(name).Text() ?? "";

    private static bool Has(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
