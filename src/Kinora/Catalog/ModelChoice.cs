using Kinora.Errors;

namespace Kinora.Catalog;

/// <summary>Several models in one word, in the order they shall be tried: <c>a|b|c</c>.</summary>
public static class ModelChoice
{
    public const int Most = 5;

    /// <summary>The names; one that is null for null.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: an empty name, one that is named twice, too many.</exception>
    public static IReadOnlyList<string?> Read(string? model)
    {
        if (model is null || !model.Contains('|', StringComparison.Ordinal))
        {
            return [model];
        }

        var names = model.Split('|', StringSplitOptions.TrimEntries);
        if (names.Length > Most || names.Contains("") || names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw KinoraException.Invalid([new Fault("model", $"Several models are written a|b|c: 2 to {Most} names, none of them empty or twice.")]);
        }

        return names;
    }
}
