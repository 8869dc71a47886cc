using Kinora.Adapters.Providers.DataFiles;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.Workflows;

/// <summary>Which inputs of a workflow's nodes are ours to set: <c>NAME.bindings.json</c>. What is bound can be asked for; what is not stays as it is in the graph.</summary>
internal sealed record Bindings
{
    /// <summary>One line for people; null for the file's name.</summary>
    public string? Title { get; private init; }

    public MediaKind Kind { get; private init; }

    public required IReadOnlyList<Place> Prompt { get; init; }

    public required IReadOnlyList<Place> Negative { get; init; }

    public required IReadOnlyList<Place> Seed { get; init; }

    public required IReadOnlyList<Place> Width { get; init; }

    public required IReadOnlyList<Place> Height { get; init; }

    /// <summary>How many frames: the length asked for times the rate.</summary>
    public required IReadOnlyList<Place> Frames { get; init; }

    /// <summary>Where the graph says how many frames a second has; only read.</summary>
    public required IReadOnlyList<Place> Fps { get; init; }

    /// <summary>The same where no input of the graph says it.</summary>
    public double? FramesPerSecond { get; private init; }

    /// <summary>Lengths that may be asked for; null: any.</summary>
    public Lengths? Seconds { get; private init; }

    /// <summary>Inputs that name a picture. One that is bound must be given.</summary>
    public required IReadOnlyList<Place> FirstFrame { get; init; }

    public required IReadOnlyList<Place> LastFrame { get; init; }

    /// <summary>One for each reference picture, in order.</summary>
    public required IReadOnlyList<Place> References { get; init; }

    /// <summary>Id of the node whose file is the result.</summary>
    public required string Output { get; init; }

    /// <summary>Every bound place, with the name of its binding.</summary>
    public IEnumerable<(string Name, Place Place)> All => new[]
    {
        ("prompt", Prompt), ("negative", Negative), ("seed", Seed), ("width", Width), ("height", Height), ("frames", Frames), ("fps", Fps),
        ("first_frame", FirstFrame), ("last_frame", LastFrame), ("references", References),
    }.SelectMany(binding => binding.Item2.Select(place => (binding.Item1, place)));

    public static Bindings Read(DataNode file)
    {
        IReadOnlyList<Place> At(string name) => [.. file.OneOrMore(name).Select(Place.Read)];
        var bindings = new Bindings
        {
            Title = file.Text("title"),
            Kind = file.Choice("kind", MediaKind.Video, ("video", MediaKind.Video), ("image", MediaKind.Image)),
            Prompt = At("prompt"),
            Negative = At("negative"),
            Seed = At("seed"),
            Width = At("width"),
            Height = At("height"),
            Frames = At("frames"),
            Fps = At("fps"),
            FramesPerSecond = file.Has("frames_per_second") ? file.Number("frames_per_second", 1, 240) : null,
            Seconds = file.Child("seconds") is { } seconds ? Lengths.Read(seconds) : null,
            FirstFrame = At("first_frame"),
            LastFrame = At("last_frame"),
            References = At("references"),
            Output = file.Required("output", allowed: "the id of the node that saves the result"),
        };
        if (!file.Has("prompt"))
        {
            file.Fault("prompt", "where the prompt goes: {\"node\": \"6\", \"input\": \"text\"}");
        }

        file.NothingElse();
        return bindings;
    }
}

/// <summary>One input of one node.</summary>
/// <param name="Step">Of sides and frames: a multiple of it, to which <paramref name="Plus"/> is added (some models make 4n + 1 frames).</param>
internal sealed record Place(string Node, string Input, int? Step, int Plus, int? Min, int? Max)
{
    private const int Most = 100_000;

    public static Place Read(DataNode place)
    {
        var min = place.Whole("min", 1, Most);
        var read = new Place(
            place.Required("node", allowed: "the id of a node of the graph, a text"),
            place.Required("input", allowed: "the name of an input of that node"),
            place.Whole("step", 1, Most),
            place.Whole("plus", -Most, Most) ?? 0,
            min,
            place.Whole("max", min ?? 1, Most));
        place.NothingElse();
        return read;
    }
}

/// <summary>In seconds.</summary>
internal sealed record Lengths(double Min, double Max, double? Default)
{
    private const double Longest = 3_600;

    public static Lengths Read(DataNode lengths)
    {
        var min = lengths.Number("min", 0.1, Longest);
        var read = new Lengths(min, lengths.Number("max", min, Longest), lengths.Has("default") ? lengths.Number("default", min, Longest) : null);
        lengths.NothingElse();
        return read;
    }
}
