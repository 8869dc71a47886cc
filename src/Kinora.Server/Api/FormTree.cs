using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Schema;
using Microsoft.Extensions.Primitives;

namespace Kinora.Server.Api;

/// <summary>
/// Objects and lists in forms, which know nothing but names and texts: <c>video[id]</c>, <c>characters[][id]</c> or <c>characters[0][id]</c>, <c>tags[]</c>, as
/// OpenAI's clients write them; and an object whole as JSON in one field. They become what the same body in JSON would be.
/// </summary>
internal static class FormTree
{
    public static void Unfold(IReadOnlyList<Param> parameters, IReadOnlyDictionary<string, StringValues> texts, Dictionary<string, JsonElement> fields)
    {
        var (objects, lists) = (new Dictionary<string, Fields>(StringComparer.Ordinal), new Dictionary<string, List<Fields>>(StringComparer.Ordinal));
        foreach (var (name, values) in texts)
        {
            var (root, path) = Split(name);
            var param = parameters.FirstOrDefault(p => p.Name == root);
            switch (param, path)
            {
                case (ObjectParam known, [var field]):
                    Put(Of(objects, root), field, known.Fields, values);
                    break;
                case (ObjectListParam known, [var index, var field]):
                    PutEach(Of(lists, root), index, field, known, values);
                    break;
                case (TextListParam, [""]):
                case (_, []):
                    fields[root] = FieldText.Read(param, values);
                    break;
                default:
                    // Told under the name that was written.
                    fields[name] = FieldText.Read(null, values);
                    break;
            }
        }

        foreach (var (name, value) in objects)
        {
            Add(fields, name, json => Write(json, value));
        }

        foreach (var (name, values) in lists)
        {
            Add(fields, name, json =>
            {
                json.WriteStartArray();
                values.ForEach(value => Write(json, value));
                json.WriteEndArray();
            });
        }
    }

    /// <exception cref="KinoraException"><c>invalid_request</c>: it is there already.</exception>
    private static void Add(Dictionary<string, JsonElement> fields, string name, Action<Utf8JsonWriter> write)
    {
        if (!fields.TryAdd(name, FieldText.Written(write)))
        {
            throw KinoraException.Invalid([new Fault(name, $"{name} was given twice, whole and by its parts; give it once.")]);
        }
    }

    private static void Write(Utf8JsonWriter json, Fields value)
    {
        json.WriteStartObject();
        foreach (var (name, element) in value)
        {
            json.WritePropertyName(name);
            element.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary><c>a[b][c]</c> is a, then b and c.</summary>
    private static (string Root, string[] Path) Split(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && name[^1] == ']' ? (name[..open], name[(open + 1)..^1].Split("][")) : (name, []);
    }

    private static T Of<T>(Dictionary<string, T> all, string name)
        where T : new()
    {
        if (!all.TryGetValue(name, out var value))
        {
            all[name] = value = new T();
        }

        return value;
    }

    private static void Put(Fields target, string field, IReadOnlyList<Param> parameters, StringValues values) =>
        target[field] = FieldText.Read(parameters.FirstOrDefault(p => p.Name == field), values);

    private static void PutEach(List<Fields> list, string index, string field, ObjectListParam param, StringValues values)
    {
        if (index.Length > 0)
        {
            if (!int.TryParse(index, out var at) || at < 0 || at >= param.Most)
            {
                throw KinoraException.Invalid([new Fault(param.Name, $"{param.Name} must be {param.Allowed}.")]);
            }

            Put(At(list, at), field, param.Fields, values);
            return;
        }

        for (var i = 0; i < values.Count && i <= param.Most; i++)
        {
            Put(At(list, i), field, param.Fields, values[i]);
        }
    }

    private static Fields At(List<Fields> list, int index)
    {
        while (list.Count <= index)
        {
            list.Add([]);
        }

        return list[index];
    }

    /// <summary>Those of one object.</summary>
    private sealed class Fields() : Dictionary<string, JsonElement>(StringComparer.Ordinal);
}
