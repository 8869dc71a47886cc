using System.Globalization;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

/// <summary>Parameters that several tools share, and the draft they become.</summary>
internal static class VideoParams
{
    public static TextParam VideoId { get; } = new("video_id") { Required = true, MaxLength = 60, BlamedFor = [ErrorCodes.NotFound], FoundBy = FoundBy.Videos };

    public static TextParam Prompt { get; } = new("prompt") { Required = true, MaxLength = TextParam.LongestText };

    public static TextParam Model { get; } = new("model") { MaxLength = 200, FoundBy = FoundBy.Models };

    public static TextParam Size { get; } = new("size") { MaxLength = 20, About = "WIDTHxHEIGHT" };

    public static TextParam Seconds { get; } = new("seconds") { MaxLength = 10, About = "Length, e.g. \"8\"" };

    public static IntegerParam Seed { get; } = new("seed", 0, (1L << 53) - 1) { ShowRange = false };

    public static NumberParam MaxCost { get; } = new("max_cost_usd", 0, 1_000_000);

    public static TextParam IdempotencyKey { get; } = new("idempotency_key") { MaxLength = 255 };

    /// <summary>A draft with what every kind of create has.</summary>
    /// <exception cref="KinoraException">The length is no number.</exception>
    public static GenerationDraft Draft(GivenArguments given) => new()
    {
        Prompt = given.Text("prompt"),
        Model = given.TextOrNull("model"),
        Size = given.TextOrNull("size"),
        Seconds = ReadSeconds(given.TextOrNull("seconds")),
        Seed = given.IntegerOrNull("seed"),
        NegativePrompt = given.TextOrNull("negative_prompt"),
        MaxCostUsd = given.NumberOrNull("max_cost_usd"),
        IdempotencyKey = given.TextOrNull("idempotency_key"),
        MergeRepeats = true,
    };

    private static double? ReadSeconds(string? text) =>
        text is null ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : throw KinoraException.Invalid([new Fault("seconds", "seconds must be a number written as text, like \"8\" or \"7.5\".")]);
}
