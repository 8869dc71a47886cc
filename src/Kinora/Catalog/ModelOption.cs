using System.Globalization;

namespace Kinora.Catalog;

/// <summary>A wish that only some models know and no other request has a word for, such as <c>watermark</c>: given by name, as text.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Type">One of <see cref="Types"/>.</param>
/// <param name="With">Another option: both or none.</param>
public sealed record ModelOption(string Name, string Type, string? With = null)
{
    /// <summary>Longest text, in characters.</summary>
    private const int Longest = 2_000;

    public static IReadOnlyList<string> Types { get; } = ["flag", "text", "link", "span"];

    /// <summary>What is allowed, where a value is not; null where it is.</summary>
    public string? Fault(string value) => Fault(Type, value);

    public static string? Fault(string type, string value) => type switch
    {
        "flag" => bool.TryParse(value, out _) ? null : "true or false",
        "link" => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && value.Length <= Longest ? null : "an http or https address",
        "span" => IsSpan(value) ? null : "\"start,end\" in seconds, 1 to 3 seconds apart",
        _ => value.Length is > 0 and <= Longest ? null : $"a text of 1 to {Longest} characters",
    };

    private static bool IsSpan(string text) =>
        text.Split(',') is [var from, var to]
        && decimal.TryParse(from, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var start)
        && decimal.TryParse(to, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var end)
        && end - start is >= 1 and <= 3;
}
