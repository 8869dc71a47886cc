namespace Kinora.Server.Configuration;

/// <summary>Settings <c>Logging:…</c>.</summary>
internal sealed record LoggingOptions
{
    /// <summary>
    /// <c>text</c>: the standard error stream says a few sentences for people. <c>json</c>: everything there is one JSON line per event, as in
    /// <c>logs/kinora.log</c> in the data folder, for whatever collects the streams of services.
    /// </summary>
    public string Format { get; init; } = "text";

    public bool IsJson => Format.Equals("json", StringComparison.OrdinalIgnoreCase);

    public string? Fault => IsJson || Format.Equals("text", StringComparison.OrdinalIgnoreCase) ? null : $"Logging:Format: text or json is expected, not \"{Format}\".";
}
