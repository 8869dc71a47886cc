using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Schema;
using Microsoft.Extensions.Primitives;

namespace Kinora.Server.Api;

/// <summary>Forms and addresses know nothing but text; operations read JSON.</summary>
internal static class FieldText
{
    /// <summary>What a form or an address says as text, as the JSON value it stands for.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: given more than once.</exception>
    public static JsonElement Read(Param? param, StringValues values)
    {
        if (param is TextListParam)
        {
            return Written(json =>
            {
                json.WriteStartArray();
                foreach (var value in values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            });
        }

        if (values.Count > 1)
        {
            throw KinoraException.Invalid([new Fault(param?.Name ?? "arguments", "A field was given more than once.")]);
        }

        var text = values.ToString();
        if (param is ObjectParam or ObjectListParam && text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            return Json(text);
        }

        if (param is IntegerParam or NumberParam or FlagParam)
        {
            // Clients of the original write these as text; "1e9" or " 8" is no such number.
            if (text is "true" or "false" || decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            {
                try
                {
                    return JsonDocument.Parse(text).RootElement;
                }
                catch (JsonException)
                {
                    // 007 and the like: told as the text it is.
                }
            }
        }

        return Written(json => json.WriteStringValue(text), text.Length);
    }

    /// <summary>An object or list whole in one field.</summary>
    private static JsonElement Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, JsonBody.Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Told as the text it is.
            return Written(json => json.WriteStringValue(text), text.Length);
        }
    }

    /// <param name="length">About how many bytes it will be: pictures come as text too.</param>
    public static JsonElement Written(Action<Utf8JsonWriter> write, int length = 0)
    {
        var buffer = new ArrayBufferWriter<byte>(length + 256);
        using (var json = new Utf8JsonWriter(buffer, ApiJson.Plain))
        {
            write(json);
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }
}
