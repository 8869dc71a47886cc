using Kinora.Errors;
using Kinora.Generation;

namespace Kinora.Images.Presets;

/// <summary>An edit that works towards goals and leaves the rest alone. The picture itself is added by whoever asks.</summary>
/// <param name="Goals">What should become better.</param>
public sealed record ImprovePreset(string Goals)
{
    /// <summary>What must stay exactly as it is; null for nothing in particular.</summary>
    public string? Preserve { get; init; }

    /// <summary>The model shall say first what it sees; only for one that can (<see cref="Catalog.ImageRule.Analyzes"/>).</summary>
    public bool Analyze { get; init; }

    /// <exception cref="KinoraException">Every field that is wrong, with what is allowed.</exception>
    public GenerationDraft Draft()
    {
        PresetText.Require(
            PresetText.Check("improvement_goals", Goals, "what should become better"),
            PresetText.Check("preserve_elements", Preserve, "what must stay as it is, or leave it out", required: false));
        var kept = Preserve is null ? "" : $" Keep exactly as they are: {PresetText.Clause(Preserve)}.";
        return new GenerationDraft
        {
            Kind = MediaKind.Image,
            Prompt = $"Improve this picture: {PresetText.Clause(Goals)}.{kept} Change only what these goals need; subject, framing, style and everything not named stay as they are. "
                + "The result looks as if it had been made so from the start: matching light, grain and perspective, no traces of the edit.",
            Quality = "high",
            Analyze = Analyze,
        };
    }
}
