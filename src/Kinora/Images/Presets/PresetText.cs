using Kinora.Errors;

namespace Kinora.Images.Presets;

/// <summary>A caller's own words inside a preset's sentences.</summary>
public static class PresetText
{
    /// <summary>With the words of the preset around it, a prompt of the usual length.</summary>
    public const int Longest = 30_000;

    /// <param name="what">What the text should say.</param>
    public static Fault? Check(string field, string? text, string what, bool required = true) =>
        string.IsNullOrWhiteSpace(text) ? (required || text is not null ? new Fault(field, $"{field} is empty. Say {what}.") : null)
        : text.Length > Longest ? new Fault(field, FormattableString.Invariant($"{field} has {text.Length:N0} characters; at most {Longest:N0} are allowed."))
        : null;

    /// <summary>Ready to be followed by a full stop: ends of lines would be read as shots, and two full stops as a slip.</summary>
    public static string Clause(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.', ' ');

    /// <exception cref="KinoraException">All faults at once.</exception>
    public static void Require(params ReadOnlySpan<Fault?> faults)
    {
        var found = new List<Fault>();
        foreach (var fault in faults)
        {
            if (fault is not null)
            {
                found.Add(fault);
            }
        }

        if (found.Count > 0)
        {
            throw KinoraException.Invalid(found);
        }
    }
}
