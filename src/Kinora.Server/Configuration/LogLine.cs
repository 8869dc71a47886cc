using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kinora.Jobs;

namespace Kinora.Server.Configuration;

/// <summary>
/// One log event as one line of JSON. Whatever its texts hold, they are strings in it: everything but printable ASCII is escaped, so that no text can end the
/// line, begin another, or speak to a terminal; and none takes more than <see cref="MaxFieldBytes"/>.
/// </summary>
internal static class LogLine
{
    /// <summary>Of a field as it is written, escapes included.</summary>
    public const int MaxFieldBytes = 4096;

    private const string Ellipsis = "\\u2026";

    public static ReadOnlySpan<byte> Of<TState>(DateTimeOffset at, LogLevel level, string category, EventId id, string message, TState state, Exception? fault)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", level.ToString());
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteString("category", Cap(category));
            json.WriteString("event", id.Name is { } name ? Cap(name) : null);
            json.WriteString("message", Cap(message));
            if (JobOf(state) is { } job)
            {
                json.WriteString("job", job.Hex);
            }

            if (Activity.Current is { } activity)
            {
                json.WriteString("trace", activity.TraceId.ToHexString());
            }

            if (fault is not null)
            {
                json.WriteString("exception", Cap(fault.ToString()));
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private static JobId? JobOf<TState>(TState state)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            for (var i = 0; i < values.Count; i++)
            {
                if (values[i].Value is JobId job)
                {
                    return job;
                }
            }
        }

        return null;
    }

    /// <summary>Cut between two characters, so that what is left still reads, and short enough when every odd one has become an escape.</summary>
    internal static string Cap(string text)
    {
        if (text.Length * 6 <= MaxFieldBytes)
        {
            return text;
        }

        var (bytes, at, fits) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Value is >= 0x20 and < 0x7f && rune.Value is not ('"' or '\\' or '<' or '>' or '&' or '\'' or '+' or '`') ? 1 : 6 * rune.Utf16SequenceLength;
            at += rune.Utf16SequenceLength;
            if (bytes <= MaxFieldBytes - Ellipsis.Length)
            {
                fits = at;
            }
        }

        return bytes <= MaxFieldBytes ? text : text[..fits] + "…";
    }
}
