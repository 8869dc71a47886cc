using System.Globalization;
using System.Text.Json;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>An answer of a relay, read where its profile says.</summary>
internal sealed class RelayAnswer
{
    private static readonly string[] _codes = ["error.code", "error.type", "error_code", "code", "fail_code"];

    private readonly RelayProfile _profile;
    private readonly JsonElement _root;
    private readonly JsonElement _inside;

    private RelayAnswer(RelayProfile profile, JsonElement root)
    {
        (_profile, _root) = (profile, root);
        _inside = profile.Wrapper is { } wrapper && At(root, wrapper) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } inside ? inside : root;
    }

    /// <summary>Null when it is no JSON.</summary>
    public static RelayAnswer? Of(ApiReply reply, RelayProfile profile)
    {
        var root = reply.ReadLoose();
        return root.ValueKind == JsonValueKind.Undefined ? null : new RelayAnswer(profile, root);
    }

    public string? Id => First(_profile.Id);

    /// <summary>Null where it says nothing of a job's state.</summary>
    public string? Word => First(_profile.State) is not { } word ? null
        : StateOf(word) == RemoteState.Queued && First(_profile.InnerState) is { } inner && StateOf(inner) != RemoteState.Completed ? inner : word;

    public RemoteState State => StateOf(Word);

    public string? Link => _profile.Links.Select(Text).FirstOrDefault(text => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");

    /// <summary>0 to 1; null when it does not say.</summary>
    public double? Progress => _profile.Progress.Select(one => Part(Text(one.Path), one.Scale)).FirstOrDefault(part => part is not null);

    /// <summary>The reason it gives; null when it gives none.</summary>
    public ProviderError? Error
    {
        get
        {
            var codes = string.Join(' ', _codes.Select(Text).OfType<string>().Distinct()).ToLowerInvariant();
            foreach (var path in _profile.Errors)
            {
                if (Text(path) is { } text)
                {
                    return new ProviderError(codes, text);
                }

                if (At(_inside, path) is { ValueKind: JsonValueKind.Object } part && ProviderError.Read(part) is { } error)
                {
                    return error;
                }
            }

            return ProviderError.Read(_inside) ?? ProviderError.Read(_root);
        }
    }

    /// <summary>It is an error in place of an answer.</summary>
    public ProviderError? Stated => Word is null && ProviderError.Read(_root) is { Stated: true } error ? error : null;

    private RemoteState StateOf(string? word) => word is not null && _profile.Words.TryGetValue(word, out var state) ? state : StatusWords.Read(word);

    private string? First(IReadOnlyList<string> paths) => paths.Select(Text).FirstOrDefault(text => text is not null);

    private string? Text(string path) => At(_inside, path).Text()?.Trim() is { Length: > 0 } text ? text : null;

    private static double? Part(string? text, double scale) =>
        double.TryParse(text?.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Math.Clamp(number / (text!.EndsWith('%') ? 100 : scale), 0, 1)
            : null;

    /// <summary>What is at <c>data.0.url</c>: by name in an object, by number in a list.</summary>
    private static JsonElement At(JsonElement from, string path) => path.Split('.').Aggregate(from, (part, step) =>
        part.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? part.Items().ElementAtOrDefault(index) : part.At(step));
}
