using System.Globalization;
using System.Text.Json;

namespace Kinora.Adapters.Providers.DataFiles;

/// <summary>
/// One object of a data file, read field by field; every fault names its field and what is allowed, and repeats nothing of what stands in the file: the path
/// of a wrong file may be that of a secret. A field that nobody has asked for is unknown.
/// </summary>
internal sealed class DataNode
{
    private readonly JsonElement _object;
    private readonly string _place;
    private readonly ICollection<string> _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public DataNode(JsonElement element, string place, ICollection<string> faults)
    {
        (_place, _faults) = (place, faults);
        _object = element.ValueKind == JsonValueKind.Object ? element : JsonElement.Parse("{}");
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault("", "an object");
        }
    }

    public bool Has(string name)
    {
        _known.Add(name);
        return _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The value as it stands there; null when there is none.</summary>
    public JsonElement? Any(string name) => Has(name) ? _object.GetProperty(name) : null;

    public string? Text(string name, Func<string, bool>? fits = null, string allowed = "a text")
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 500 } text && fits?.Invoke(text) != false)
        {
            return text;
        }

        Fault(name, allowed);
        return null;
    }

    /// <summary>As <see cref="Text"/> where the field is there: <c>null</c> takes away what would hold otherwise.</summary>
    public string? TextOr(string name, string? otherwise)
    {
        _known.Add(name);
        return _object.TryGetProperty(name, out _) ? Text(name) : otherwise;
    }

    public string Required(string name, Func<string, bool>? fits = null, string allowed = "a text") => NotMissing(name, allowed) ? Text(name, fits, allowed) ?? "" : "";

    public T Choice<T>(string name, T otherwise, params (string Word, T Value)[] choices)
    {
        var words = choices.Select(choice => choice.Word).ToList();
        return Text(name, words.Contains, "one of " + string.Join(", ", words)) is { } word ? choices[words.IndexOf(word)].Value : otherwise;
    }

    public bool Flag(string name)
    {
        var value = Any(name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Fault(name, "true or false");
        }

        return value is { ValueKind: JsonValueKind.True };
    }

    public double Number(string name, double min, double max, double? otherwise = null)
    {
        if (Any(name) is not { } value && (otherwise is not null || !NotMissing(name, "a number")))
        {
            return otherwise ?? min;
        }

        if (Any(name) is { ValueKind: JsonValueKind.Number } number && number.GetDouble() is var found && found >= min && found <= max)
        {
            return found;
        }

        Fault(name, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));
        return min;
    }

    /// <summary>A number without a fraction; null when there is none.</summary>
    public int? Whole(string name, int min, int max)
    {
        if (Any(name) is not { } value || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var found) && found >= min && found <= max))
        {
            return Any(name)?.GetInt32();
        }

        Fault(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));
        return null;
    }

    public DateOnly Day(string name) =>
        DateOnly.TryParseExact(Required(name, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _), "a day written 2026-11-21"), "yyyy-MM-dd", out var day) ? day : default;

    /// <summary>A text, or a list of texts.</summary>
    public IReadOnlyList<string> Texts(string name, Func<string, bool>? fits = null, string allowed = "a text, or a list of texts", bool required = false)
    {
        if (!Has(name))
        {
            _ = required && NotMissing(name, allowed);
            return [];
        }

        var value = _object.GetProperty(name);
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (items.Length is > 0 and <= 100 && items.All(item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 and <= 500 } text && fits?.Invoke(text) != false))
        {
            return [.. items.Select(item => item.GetString()!)];
        }

        Fault(name, allowed);
        return [];
    }

    /// <summary>Numbers above 0 and up to a limit.</summary>
    public IReadOnlyList<double> Numbers(string name, double max)
    {
        if (Any(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.GetDouble() is > 0 and var number && number <= max))
        {
            return [.. value.EnumerateArray().Select(item => item.GetDouble())];
        }

        Fault(name, string.Create(CultureInfo.InvariantCulture, $"a list of numbers above 0, at most {max}"));
        return [];
    }

    /// <summary>Objects under names of the writer's own.</summary>
    public IReadOnlyList<(string Name, DataNode Node)> Objects(string name) => [.. Named(name).Select(one => (one.Key, new DataNode(one.Value, one.Place + ".", _faults)))];

    /// <summary>The same, where names that differ in case alone mean the same.</summary>
    public IReadOnlyList<(string Name, DataNode Node)> ObjectsOfAnyCase(string name)
    {
        var all = Objects(name).DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (all.Count < Objects(name).Count)
        {
            Fault(name, "an object whose names differ in more than case");
        }

        return all;
    }

    /// <summary>Texts under names of the writer's own; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Words(string name, Func<string, bool>? fits = null, string allowed = "a text")
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value, place) in Named(name))
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && fits?.Invoke(text) != false)
            {
                words[key] = text;
            }
            else
            {
                _faults.Add($"{place} must be {allowed}.");
            }
        }

        return Has(name) ? words : null;
    }

    public DataNode? Child(string name) => Any(name) is { } value ? new DataNode(value, _place + name + ".", _faults) : null;

    /// <summary>A missing one is read as an empty one.</summary>
    public DataNode RequiredChild(string name)
    {
        NotMissing(name, "an object");
        return Child(name) ?? new DataNode(JsonElement.Parse("{}"), _place + name + ".", []);
    }

    public IReadOnlyList<DataNode> Children(string name)
    {
        if (Any(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray().Select((item, number) => new DataNode(item, FormattableString.Invariant($"{_place}{name}[{number}]."), _faults))];
        }

        Fault(name, "a list of objects");
        return [];
    }

    /// <summary>An object, or a list of objects.</summary>
    public IReadOnlyList<DataNode> OneOrMore(string name) => Any(name) is { ValueKind: JsonValueKind.Array } ? Children(name) : Child(name) is { } one ? [one] : [];

    /// <summary>To be called when all fields have been asked for.</summary>
    public void NothingElse()
    {
        foreach (var field in _object.EnumerateObject().Where(field => !_known.Contains(field.Name)))
        {
            _faults.Add($"{Where(IsName(field.Name) ? field.Name : "")} is not known; allowed here: {string.Join(", ", _known)}.");
        }
    }

    public void Fault(string name, string allowed) => _faults.Add($"{Where(name)} must be {allowed}.");

    private IReadOnlyList<(string Key, JsonElement Value, string Place)> Named(string name)
    {
        if (Any(name) is not { ValueKind: JsonValueKind.Object } map)
        {
            if (Has(name))
            {
                Fault(name, "an object");
            }

            return [];
        }

        return [.. map.EnumerateObject().Select((field, number) => (field.Name, field.Value, FormattableString.Invariant($"{Where(name)}{(IsName(field.Name) ? "." + field.Name : $"[{number}]")}")))];
    }

    private bool NotMissing(string name, string allowed)
    {
        if (Has(name))
        {
            return true;
        }

        _faults.Add($"{Where(name)} is missing: {allowed}.");
        return false;
    }

    private string Where(string name) => (_place + name).TrimEnd('.') is { Length: > 0 } path ? path : "a field of it";

    // A name of letters is a misspelt field; anything else may be somebody's key.
    private static bool IsName(string name) => name.Length <= 30 && name.All(letter => char.IsAsciiLetter(letter) || letter is '_' or '.');
}
