using System.Text.Json;
using Kinora.Errors;

namespace Kinora.Server.Schema;

/// <summary>The checked arguments of one call, defaults filled in.</summary>
internal sealed class GivenArguments
{
    private readonly Dictionary<string, object> _values;

    private GivenArguments(Dictionary<string, object> values) => _values = values;

    /// <param name="what">Whose parameters they are, for refusals.</param>
    /// <param name="onlyOneOf">Names of which at most one may be given.</param>
    /// <exception cref="KinoraException">Every fault at once; each names the field and what is allowed.</exception>
    public static GivenArguments Read(string what, IReadOnlyList<Param> parameters, IReadOnlyList<string> onlyOneOf, IDictionary<string, JsonElement>? given)
    {
        List<Fault>? faults = null;
        var read = Read(what, "", parameters, onlyOneOf, given, ref faults);
        return faults is null ? read : throw KinoraException.Invalid(faults);
    }

    /// <param name="within">Goes before each name in refusals: the object it is a field of, and a dot.</param>
    private static GivenArguments Read(
        string what, string within, IReadOnlyList<Param> parameters, IReadOnlyList<string> onlyOneOf, IDictionary<string, JsonElement>? given, ref List<Fault>? faults)
    {
        var values = new Dictionary<string, object>(parameters.Count);
        foreach (var param in parameters)
        {
            // Clients write null for "not given".
            JsonElement value = default;
            var there = given?.TryGetValue(param.Name, out value) == true && value.ValueKind != JsonValueKind.Null;
            var name = within + param.Name;
            if ((there ? param.Read(value) : param.DefaultValue) is { } read)
            {
                values[param.Name] = param switch
                {
                    ObjectParam known => ReadObject(what, name, known, value, ref faults),
                    ObjectListParam known => ReadObjects(what, name, known, value, ref faults),
                    _ => read,
                };
            }
            else if (there)
            {
                (faults ??= []).Add(new Fault(name, $"{name} must be {param.Allowed}{(param is TextListParam or ObjectListParam && value.ValueKind == JsonValueKind.Array ? "" : Given(value))}.")
                {
                    Kind = param.IsOfItsType(value) ? FaultKind.Value : FaultKind.Type,
                });
            }
            else if (param.Required)
            {
                (faults ??= []).Add(new Fault(name, $"{name} is missing; it must be {param.Allowed}.") { Kind = FaultKind.Missing });
            }
        }

        CheckNames(what, within, parameters, onlyOneOf, given, ref faults);
        return new GivenArguments(values);
    }

    private static GivenArguments ReadObject(string what, string name, ObjectParam param, JsonElement value, ref List<Fault>? faults) =>
        Read(what, name + ".", param.Fields, param.OnlyOneOf, Fields(value), ref faults);

    private static List<GivenArguments> ReadObjects(string what, string name, ObjectListParam param, JsonElement value, ref List<Fault>? faults)
    {
        var list = new List<GivenArguments>();
        foreach (var item in value.EnumerateArray())
        {
            list.Add(Read(what, FormattableString.Invariant($"{name}[{list.Count}]."), param.Fields, [], Fields(item), ref faults));
        }

        return list;
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement value) => value.EnumerateObject().ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    /// <summary>Given, or of a parameter with a default.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    public string Text(string name) => (string)_values[name];

    public static GivenArguments None { get; } = new([]);

    public string? TextOrNull(string name) => _values.GetValueOrDefault(name) as string;

    /// <summary>Empty when not given.</summary>
    public IReadOnlyList<string> Texts(string name) => _values.GetValueOrDefault(name) as IReadOnlyList<string> ?? [];

    public long Integer(string name) => (long)_values[name];

    public long? IntegerOrNull(string name) => _values.GetValueOrDefault(name) as long?;

    public decimal? NumberOrNull(string name) => _values.GetValueOrDefault(name) as decimal?;

    public bool Flag(string name) => (bool)_values[name];

    /// <summary>Null when not given.</summary>
    public GivenArguments? Object(string name) => _values.GetValueOrDefault(name) as GivenArguments;

    /// <summary>Empty when not given.</summary>
    public IReadOnlyList<GivenArguments> Objects(string name) => _values.GetValueOrDefault(name) as IReadOnlyList<GivenArguments> ?? [];

    /// <summary>What a <see cref="JsonParam"/> took; null when not given.</summary>
    public JsonElement? JsonOrNull(string name) => _values.GetValueOrDefault(name) as JsonElement?;

    /// <summary>A plain value as text.</summary>
    public string AsText(string name) => Written(_values[name]);

    /// <summary>All values as one text: equal for equal calls, in whatever order and form they were written.</summary>
    public string Written() =>
        string.Join('\n', _values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => FormattableString.Invariant($"{v.Key}={Written(v.Value)}")));

    private static string Written(object value) => value switch
    {
        IReadOnlyList<string> texts => string.Join('\t', texts),
        GivenArguments fields => fields.Written(),
        IReadOnlyList<GivenArguments> list => string.Join('\t', list.Select(f => f.Written())),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"),
    };

    private static void CheckNames(string what, string within, IReadOnlyList<Param> parameters, IReadOnlyList<string> onlyOneOf, IDictionary<string, JsonElement>? given, ref List<Fault>? faults)
    {
        if (given is null)
        {
            return;
        }

        foreach (var name in given.Keys)
        {
            if (!parameters.Any(p => p.Name == name))
            {
                var allowed = parameters.Count == 0 ? "It takes no parameters" : "It takes " + string.Join(", ", parameters.Select(p => p.Name));
                (faults ??= []).Add(new Fault("arguments", $"{what} has no parameter \"{within}{Shown(name)}\". {allowed}.") { Kind = FaultKind.Unknown, Unknown = within + name });
                break;
            }
        }

        var exclusive = onlyOneOf.Where(n => given.TryGetValue(n, out var v) && v.ValueKind != JsonValueKind.Null).ToList();
        if (exclusive.Count > 1)
        {
            (faults ??= []).Add(new Fault(within + exclusive[1], $"Give only one of {string.Join(", ", onlyOneOf)}; {exclusive.Count} were given."));
        }
    }

    /// <summary>What was there instead, short and without control characters.</summary>
    private static string Given(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetRawText() is { Length: <= 42 } text ? $", not {Shown(text)}" : FormattableString.Invariant($"; {value.GetRawText().Length - 2:N0} characters were given"),
        JsonValueKind.Number when value.GetRawText() is { Length: <= 40 } number => $", not the number {number}",
        JsonValueKind.Number => ", not such a number",
        JsonValueKind.True or JsonValueKind.False => $", not {value.GetRawText()}",
        JsonValueKind.Array => ", not a list",
        _ => ", not an object",
    };

    private static string Shown(string text)
    {
        var clean = new string([.. text.Where(c => c is >= ' ' and < '\u007f')]);
        return clean.Length > 42 ? clean[..40] + "…" : clean;
    }
}
