using Kinora.Generation;

namespace Kinora.Catalog;

/// <summary>What one model can do and costs: data, checked before anything is paid. Null in a rule means "not known here: passed on as asked".</summary>
public sealed record ModelInfo
{
    /// <summary><c>provider/name</c>; the name may hold further slashes.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    public IReadOnlyList<MediaKind> Kinds { get; init; } = [MediaKind.Video];

    public DurationRule? Durations { get; init; }

    public SizeRule? Sizes { get; init; }

    /// <summary>The longest prompt, in characters.</summary>
    public int MaxPromptLength { get; init; } = 32_000;

    public bool FirstFrame { get; init; }

    public bool LastFrame { get; init; }

    /// <summary>How many reference pictures beside first and last frame; 0 for none.</summary>
    public int MaxReferences { get; init; }

    public bool NegativePrompt { get; init; }

    public bool Seed { get; init; }

    /// <summary>What it can do with pictures as results; null when that is not known, or it makes none.</summary>
    public ImageRule? Image { get; init; }

    public AudioRule Audio { get; init; } = AudioRule.None;

    public bool Remix { get; init; }

    public bool Edit { get; init; }

    public bool Extend { get; init; }

    /// <summary>Where it edits, an uploaded video can be edited; where it extends, extended.</summary>
    public bool TakesVideo { get; init; }

    /// <summary>The provider stops a running job when asked.</summary>
    public bool Cancel { get; init; }

    /// <summary>Wishes of its own, see <see cref="Generation.GenerationRequest.Options"/>.</summary>
    public IReadOnlyList<ModelOption> Options { get; init; } = [];

    /// <summary>Null when the price is not known; never a guess.</summary>
    public Price? Price { get; init; }

    /// <summary>False for the built-in renderer, whose output is no generative model's work.</summary>
    public bool Generative { get; init; } = true;

    /// <summary>The day from which creates are refused, when the vendor has announced one.</summary>
    public DateOnly? RetiresOn { get; init; }

    /// <summary>A model to suggest in place of a retired one.</summary>
    public string? Replacement { get; init; }

    /// <summary>Where the facts of this row come from (link or document), and when they were read.</summary>
    public required string Source { get; init; }

    public DateOnly? SourceDate { get; init; }

    /// <summary>The part of the id before the first slash.</summary>
    public string Provider => Id[..Id.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The part after it: the provider's own name of the model.</summary>
    public string Name => Id[(Id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>What it can do beyond making something from a prompt, in words for people.</summary>
    public IEnumerable<string> Features() => new (bool Has, string Word)[]
    {
        (FirstFrame, "first frame"), (LastFrame, "last frame"), (MaxReferences > 0, $"{MaxReferences} references"), (NegativePrompt, "negative prompt"),
        (Seed, "seed"), (Audio is AudioRule.Always or AudioRule.Switch, "sound"), (Remix, "remix"), (Edit, "edit"), (Extend, "extend"), (TakesVideo, "uploaded videos"), (Cancel, "cancel"),
        (Options.Count > 0, $"options {string.Join('/', Options.Select(o => o.Name))}"),
    }.Where(f => f.Has).Select(f => f.Word);
}

/// <summary>Whether a model's clips have sound.</summary>
public enum AudioRule
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Always; asking for silence is refused.</summary>
    Always,

    /// <summary>As asked; on by default.</summary>
    Switch,

    /// <summary>Not known; the wish is passed on.</summary>
    Unknown,
}

/// <summary>The lengths a model makes, in seconds: a list, or a range.</summary>
public sealed record DurationRule
{
    public IReadOnlyList<double> Allowed { get; init; } = [];

    public double Min { get; init; }

    public double Max { get; init; }

    public required double Default { get; init; }

    /// <summary>Of a range: only whole seconds.</summary>
    public bool Whole { get; init; }

    public static DurationRule OneOf(double defaultSeconds, params double[] allowed) => new() { Allowed = allowed, Default = defaultSeconds };

    public static DurationRule Between(double min, double max, double defaultSeconds) => new() { Min = min, Max = max, Default = defaultSeconds };

    public bool Allows(double seconds) => Allowed.Count > 0 ? Allowed.Contains(seconds) : seconds >= Min && seconds <= Max && (!Whole || seconds == Math.Floor(seconds));

    /// <summary>What is made instead of a length that is not; of two that are as near the longer one.</summary>
    public double Nearest(double seconds) => Allowed.Count > 0
        ? Allowed.OrderBy(a => Math.Abs(a - seconds)).ThenByDescending(a => a).First()
        : Math.Clamp(Whole ? Math.Round(seconds, MidpointRounding.AwayFromZero) : seconds, Min, Max);

    public override string ToString() => Allowed.Count > 0
        ? FormattableString.Invariant($"{string.Join(", ", Allowed)} seconds")
        : FormattableString.Invariant($"{Min} to {Max} {(Whole ? "whole " : "")}seconds");
}

/// <summary>What a model can do that makes pictures.</summary>
public sealed record ImageRule
{
    /// <summary>Most pictures of one request.</summary>
    public int MaxCount { get; init; } = 1;

    /// <summary>Most pictures that can be changed or drawn from at once; 0: it only makes pictures from words.</summary>
    public int MaxInputs { get; init; }

    public bool Mask { get; init; }

    public IReadOnlyList<string> Formats { get; init; } = ImageWords.Formats;

    /// <summary>The qualities it tells apart; empty when there is only one, and the wish is then without effect.</summary>
    public IReadOnlyList<string> Qualities { get; init; } = [];

    /// <summary>Can make transparent backgrounds.</summary>
    public bool Transparent { get; init; }

    /// <summary>Without a size it chooses one to fit the prompt.</summary>
    public bool ChoosesSize { get; init; }

    /// <summary>It can look at a picture and say what it sees.</summary>
    public bool Analyzes { get; init; }
}
