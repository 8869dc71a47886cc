using System.Text.Json;
using System.Text.Json.Nodes;
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
        var objects = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (name, values) in texts)
        {
            var (root, path) = Split(name);
            var param = parameters.FirstOrDefault(p => p.Name == root);
            switch (param, path)
            {
                case (ObjectParam known, [var field]):
                    Put((JsonObject)Of(objects, root, () => new JsonObject()), field, known.Fields, values);
                    break;
                case (ObjectListParam known, [var index, var field]):
                    PutEach((JsonArray)Of(objects, root, () => new JsonArray()), index, field, known, values);
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

        foreach (var (name, node) in objects)
        {
            if (!fields.TryAdd(name, JsonSerializer.SerializeToElement(node)))
            {
                throw KinoraException.Invalid([new Fault(name, $"{name} was given twice, whole and by its parts; give it once.")]);
            }
        }
    }

    /// <summary><c>a[b][c]</c> is a, then b and c.</summary>
    private static (string Root, string[] Path) Split(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && name[^1] == ']' ? (name[..open], name[(open + 1)..^1].Split("][")) : (name, []);
    }

    private static JsonNode Of(Dictionary<string, JsonNode> objects, string name, Func<JsonNode> start)
    {
        if (!objects.TryGetValue(name, out var node))
        {
            objects[name] = node = start();
        }

        return node;
    }

    private static void Put(JsonObject target, string field, IReadOnlyList<Param> parameters, StringValues values)
    {
        target[field] = JsonSerializer.SerializeToNode(FieldText.Read(parameters.FirstOrDefault(p => p.Name == field), values));
    }

    private static void PutEach(JsonArray list, string index, string field, ObjectListParam param, StringValues values)
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

    private static JsonObject At(JsonArray list, int index)
    {
        while (list.Count <= index)
        {
            list.Add(new JsonObject());
        }

        return (JsonObject)list[index]!;
    }
}
