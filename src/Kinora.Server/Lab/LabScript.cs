using System.Globalization;
using System.Text.RegularExpressions;

namespace Kinora.Server.Lab;

/// <summary>A fault in a script: which, with what, and how often (null: every time).</summary>
internal sealed record PlannedFault(LabFault Fault, string? Argument, int? Times);

/// <summary>How one job goes. The syntax is in docs/lab.md and at <c>GET /lab</c>.</summary>
internal sealed partial record LabScript
{
    public static readonly string[] Ends = ["completed", "failed", "moderation", "cancelled", "expired"];

    /// <summary>How pictures can come otherwise than asked.</summary>
    public static readonly string[] Pictures = ["asked", "url", "bad_base64", "garbage", "other_format", "other_size", "opaque", "none", "two"];

    /// <summary>Ways of relays; only for shapes that are relays.</summary>
    public static readonly string[] Quirks =
        ["no_link_once", "no_link", "detail_link", "draft_link", "numbers", "pace", "other_door", "error_text", "error_object", "error_message", "failure_reason"];

    /// <summary>As it was written.</summary>
    public string Text { get; init; } = "";

    /// <summary>How many looks show the job waiting.</summary>
    public int Queued { get; init; } = 1;

    /// <summary>How many looks after that show it running.</summary>
    public int Running { get; init; } = 2;

    /// <summary>One of <see cref="Ends"/>.</summary>
    public string End { get; init; } = "completed";

    /// <summary>Size the result is filled up to; null for the video as it is.</summary>
    public long? Bytes { get; init; }

    /// <summary>The result comes with the create's answer as base64, where the shape can.</summary>
    public bool Inline { get; init; }

    /// <summary>One of <see cref="Pictures"/>; only for shapes that make pictures.</summary>
    public string Picture { get; init; } = "asked";

    /// <summary>Some of <see cref="Quirks"/>.</summary>
    public IReadOnlyList<string> Quirk { get; init; } = [];

    /// <summary>Some of <see cref="Tasks.TaskCallbacks.Ways"/>, in their order.</summary>
    public IReadOnlyList<string> Hook { get; init; } = [];

    public IReadOnlyList<PlannedFault> Create { get; init; } = [];

    public IReadOnlyList<PlannedFault> Poll { get; init; } = [];

    public IReadOnlyList<PlannedFault> Content { get; init; } = [];

    /// <summary>The text between <c>[lab:</c> and <c>]</c>; the last one, since a prompt may retell earlier ones; null when a prompt holds none.</summary>
    public static string? Marker(string prompt) => MarkerPattern().Matches(prompt) is [.., var last] ? last.Groups[1].Value : null;

    /// <exception cref="FormatException">Says what is wrong and what is allowed.</exception>
    public static LabScript Parse(string text)
    {
        var script = new LabScript { Text = text };
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var mark = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = mark < 0 ? (part, "") : (part[..mark], part[(mark + 1)..]);
            script = key switch
            {
                "queued" => script with { Queued = (int)Number(key, value, 100_000) },
                "running" => script with { Running = (int)Number(key, value, 100_000) },
                "end" => script with { End = Ends.Contains(value) ? value : throw new FormatException($"end is one of {string.Join(", ", Ends)}, not \"{value}\".") },
                "bytes" => script with { Bytes = Number(key, value, 64L << 30) },
                "inline" => script with { Inline = Number(key, value, 1) == 1 },
                "picture" => script with { Picture = Pictures.Contains(value) ? value : throw new FormatException($"picture is one of {string.Join(", ", Pictures)}, not \"{value}\".") },
                "quirk" => script with { Quirk = [.. script.Quirk, .. Words(key, value, Quirks)] },
                "hook" => script with { Hook = [.. script.Hook, .. Words(key, value, Tasks.TaskCallbacks.Ways)] },
                "create" => script with { Create = [.. script.Create, .. Faults(value, LabPlace.Create)] },
                "poll" => script with { Poll = [.. script.Poll, .. Faults(value, LabPlace.Poll)] },
                "content" => script with { Content = [.. script.Content, .. Faults(value, LabPlace.Content)] },
                "fault" => Faults(value, null).Aggregate(script, (now, fault) => now.With(fault)),
                _ => throw new FormatException($"\"{key}\" is not known; a script holds queued, running, end, bytes, inline, picture, quirk, hook, create, poll, content, fault."),
            };
        }

        return script;
    }

    /// <summary>Reads <c>name[:argument][*times]</c>.</summary>
    /// <param name="place">Where it is to play; null for wherever it can.</param>
    public static PlannedFault ParseFault(string text, LabPlace? place)
    {
        var times = TimesPattern().Match(text);
        var rest = times.Success ? text[..times.Index] : text;
        var mark = rest.IndexOf(':', StringComparison.Ordinal);
        var name = mark < 0 ? rest : rest[..mark];
        var fault = LabFaults.Find(name, place) ?? throw new FormatException(
            $"There is no fault \"{name}\"{(place is { } at ? $" for {at.ToString().ToLowerInvariant()}" : "")}; allowed: {string.Join(", ", LabFaults.Names(place))}.");
        return new PlannedFault(fault, mark < 0 ? null : rest[(mark + 1)..], times.Success ? int.Parse(times.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null);
    }

    private static string[] Words(string key, string value, string[] known) =>
        value.Split('+', StringSplitOptions.TrimEntries) is var names && names.All(known.Contains) ? names : throw new FormatException($"{key} is some of {string.Join("+", known)}, not \"{value}\".");

    private static IEnumerable<PlannedFault> Faults(string value, LabPlace? place) =>
        value.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => ParseFault(text, place));

    // "fault=" puts a fault where it is at home.
    private LabScript With(PlannedFault fault) =>
        fault.Fault.Places.HasFlag(LabPlace.Create) ? this with { Create = [.. Create, fault] }
        : fault.Fault.Places.HasFlag(LabPlace.Poll) ? this with { Poll = [.. Poll, fault] }
        : this with { Content = [.. Content, fault] };

    private static long Number(string key, string value, long max) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw new FormatException($"{key} is a whole number up to {max}, not \"{value}\".");

    [GeneratedRegex(@"\[lab:([^\]]*)\]")]
    private static partial Regex MarkerPattern();

    [GeneratedRegex(@"\*(\d{1,6})$")]
    private static partial Regex TimesPattern();
}
