using System.Text.Json;
using Kinora.Errors;

namespace Kinora.Server.Api.Describing;

/// <summary>One operation in OpenAPI's words: what it takes, and every way in which it may answer.</summary>
internal static class OpenApiOperation
{
    public static void Write(Utf8JsonWriter json, ApiOperation operation)
    {
        json.WriteStartObject();
        json.WriteString("operationId", operation.Name);
        json.WriteStartArray("tags");
        json.WriteStringValue(operation.Tag);
        json.WriteEndArray();
        json.WriteString("summary", operation.Summary);
        if (operation.About is { } about)
        {
            json.WriteString("description", about);
        }

        WriteSecurity(json, operation.Access);
        WriteParameters(json, operation);
        if (operation.Body is { } body)
        {
            WriteBody(json, body);
        }

        json.WriteStartObject("responses");
        WriteAnswer(json, operation.Answer);
        foreach (var status in operation.AllErrors.Distinct().GroupBy(operation.Style.StatusOf).OrderBy(g => g.Key))
        {
            WriteErrors(json, operation.Style, status.Key, status);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSecurity(Utf8JsonWriter json, ApiAccess access)
    {
        json.WriteStartArray("security");
        if (access != ApiAccess.Anybody)
        {
            foreach (var scheme in (ReadOnlySpan<string>)["bearer", "cookie"])
            {
                json.WriteStartObject();
                json.WriteStartArray(scheme);
                if (access != ApiAccess.SignedIn)
                {
                    json.WriteStringValue(access.ToString().ToLowerInvariant());
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteParameters(Utf8JsonWriter json, ApiOperation operation)
    {
        json.WriteStartArray("parameters");
        foreach (var name in operation.Address.Split('/').Where(p => p.StartsWith('{')).Select(p => p[1..^1]))
        {
            WriteParameter(json, "path", name, required: true, about: null, static schema =>
            {
                schema.WriteStartObject();
                schema.WriteString("type", "string");
                schema.WriteEndObject();
            });
        }

        foreach (var param in operation.Query)
        {
            WriteParameter(json, "query", param.Name, param.Required, param.About, param.WriteSchema);
        }

        if (operation.StartsJob)
        {
            WriteParameter(json, "header", "Idempotency-Key", required: false, "1 to 255 characters: the same key and request is the first job again, never paid twice", static schema =>
            {
                schema.WriteStartObject();
                schema.WriteString("type", "string");
                schema.WriteNumber("minLength", 1);
                schema.WriteNumber("maxLength", 255);
                schema.WriteEndObject();
            });
        }

        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, string place, string name, bool required, string? about, Action<Utf8JsonWriter> schema)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        json.WriteBoolean("required", required);
        if (about is not null)
        {
            json.WriteString("description", about);
        }

        json.WritePropertyName("schema");
        schema(json);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ApiBody body)
    {
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", body.Fields.Any(f => f.Required) || body.Files.Any(f => f.Required));
        json.WriteStartObject("content");
        if (!body.Files.Any(f => f.Required))
        {
            WriteBodyOf(json, body, "application/json", []);
            if (body.Form)
            {
                WriteBodyOf(json, body, "application/x-www-form-urlencoded", []);
            }
        }

        if (body.Form)
        {
            WriteBodyOf(json, body, "multipart/form-data", body.Files);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBodyOf(Utf8JsonWriter json, ApiBody body, string type, IReadOnlyList<ApiFile> files)
    {
        json.WriteStartObject(type);
        json.WriteStartObject("schema");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in body.Fields.Where(f => !files.Any(file => file.Name == f.Name)))
        {
            json.WritePropertyName(field.Name);
            field.WriteSchema(json);
        }

        foreach (var file in files)
        {
            WriteFile(json, file);
        }

        json.WriteEndObject();
        WriteRequired(json, [.. body.Fields.Where(f => f.Required).Select(f => f.Name), .. files.Where(f => f.Required).Select(f => f.Name)]);
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
        if (type == "application/json")
        {
            json.WritePropertyName("example");
            WriteExample(json, body.Example);
        }

        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, ApiFile file)
    {
        json.WriteStartObject(file.Name);
        if (file.Most > 1)
        {
            json.WriteString("type", "array");
            json.WriteNumber("maxItems", file.Most);
            json.WriteStartObject("items");
        }

        json.WriteString("type", "string");
        json.WriteString("format", "binary");
        if (file.Most > 1)
        {
            json.WriteEndObject();
        }

        json.WriteString("description", $"{file.About}: {file.Kinds}");
        json.WriteEndObject();
    }

    private static void WriteRequired(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            json.WriteStartArray("required");
            foreach (var name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteAnswer(Utf8JsonWriter json, ApiAnswer answer)
    {
        json.WriteStartObject("200");
        json.WriteString("description", answer.Shape is null ? "The file" : "Done");
        json.WriteStartObject("content");
        json.WriteStartObject(answer.ContentType);
        if (answer.Shape is { } shape)
        {
            json.WritePropertyName("schema");
            shape.Write(json);
            json.WritePropertyName("example");
            WriteExample(json, answer.Example);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter json, ApiStyle style, int status, IEnumerable<string> codes)
    {
        json.WriteStartObject(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("description", string.Join(", ", codes));
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        json.WriteString("$ref", "#/components/schemas/" + style.ErrorName);
        json.WriteEndObject();
        json.WriteStartObject("examples");
        foreach (var code in codes)
        {
            json.WriteStartObject(code);
            json.WritePropertyName("value");
            style.Write(json, new KinoraException(code, ExampleTexts.Of(code)), "req_0hnq3v8c2k1fd_00000001");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter json, string example)
    {
        using var document = JsonDocument.Parse(example);
        document.RootElement.WriteTo(json);
    }
}
