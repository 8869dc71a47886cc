using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Adapters.Providers.Workflows;

/// <summary>One workflow of the operator's: a model here. Built from files that were checked.</summary>
internal sealed class Workflow
{
    private const int UsualStep = 8;

    private readonly JsonObject _graph;
    private readonly Bindings _bindings;
    private readonly double? _rate;

    public Workflow(string id, JsonObject graph, Bindings bindings)
    {
        (_graph, _bindings) = (graph, bindings);
        _rate = bindings.Fps is [var fps, ..] ? Number(graph, fps) : bindings.FramesPerSecond;
        Info = Describe(id);
    }

    public ModelInfo Info { get; }

    /// <summary>Id of the node whose file is the result.</summary>
    public string Output => _bindings.Output;

    public int Nodes => _graph.Count;

    /// <summary>A literal number in a graph; null for anything else.</summary>
    public static double? Number(JsonObject graph, Place place) => graph[place.Node]?["inputs"]?[place.Input] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    /// <param name="references">How many there are, with the picture that is gone on from.</param>
    /// <exception cref="UnsayableException">A picture is missing, one too many was given, or something is asked for that is not bound.</exception>
    public void Refuse(GenerationRequest request, int references)
    {
        var unbound =
            request.Size is not null && _bindings.Width.Count == 0 ? "size"
            : request is { Seconds: not null, Kind: MediaKind.Video } && _bindings.Frames.Count == 0 ? "length"
            : request.Audio is not null ? "sound"
            : request.Mask is not null ? "mask"
            : request.Background is not null and not "auto" ? "background"
            : null;
        var fault =
            unbound is not null ? $"makes what this workflow says; its {unbound} is not bound, so leave it out."
            : _bindings.FirstFrame.Count > 0 != request.FirstFrame is not null ? $"{(request.FirstFrame is null ? "needs a" : "takes no")} first frame with this workflow."
            : _bindings.LastFrame.Count > 0 != request.LastFrame is not null ? $"{(request.LastFrame is null ? "needs a" : "takes no")} last frame with this workflow."
            : _bindings.References.Count != references ? FormattableString.Invariant($"needs exactly {_bindings.References.Count} reference pictures with this workflow; {references} were given.")
            : null;
        if (fault is not null)
        {
            throw new UnsayableException(fault);
        }
    }

    /// <summary>The graph with everything put in that was asked for.</summary>
    /// <param name="pictures">Their names on the server: first frame, last frame, references.</param>
    public JsonObject Fill(GenerationRequest request, JobId job, IReadOnlyList<string> pictures)
    {
        var graph = (JsonObject)_graph.DeepClone();
        void Set(IEnumerable<Place> places, Func<Place, JsonNode?> value)
        {
            foreach (var place in places)
            {
                if (value(place) is { } put)
                {
                    graph[place.Node]!["inputs"]![place.Input] = put;
                }
            }
        }

        Set(_bindings.Prompt, _ => request.Prompt);
        Set(_bindings.Negative, _ => request.NegativePrompt);

        // Without one of its own every job would be the same, and ComfyUI would take the last result from its cache.
        Set(_bindings.Seed, _ => request.Seed ?? long.Parse(job.Hex.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Set(_bindings.Width, _ => request.Size?.Width);
        Set(_bindings.Height, _ => request.Size?.Height);
        Set(_bindings.Frames, place => request.Seconds is { } seconds ? Frames(place, seconds) : null);
        foreach (var (places, name) in PicturePlaces().Zip(pictures))
        {
            Set(places, _ => name);
        }

        return graph;
    }

    private IEnumerable<IReadOnlyList<Place>> PicturePlaces() =>
        new[] { _bindings.FirstFrame, _bindings.LastFrame }.Where(places => places.Count > 0).Concat(_bindings.References.Select(place => (IReadOnlyList<Place>)[place]));

    private int Frames(Place place, double seconds)
    {
        var step = place.Step ?? 1;
        var frames = ((int)Math.Round((seconds * _rate!.Value) / step) * step) + place.Plus;
        return Math.Clamp(frames, place.Min ?? 1, place.Max ?? int.MaxValue);
    }

    private ModelInfo Describe(string id)
    {
        var isImage = _bindings.Kind == MediaKind.Image;
        var info = new ModelInfo
        {
            Id = id,
            Title = _bindings.Title ?? id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..],
            Kinds = [_bindings.Kind],
            FirstFrame = _bindings.FirstFrame.Count > 0,
            LastFrame = _bindings.LastFrame.Count > 0,
            MaxReferences = _bindings.References.Count,
            NegativePrompt = _bindings.Negative.Count > 0,
            Seed = _bindings.Seed.Count > 0,
            Audio = AudioRule.Unknown,
            Cancel = true,
            Image = isImage ? new ImageRule { MaxInputs = _bindings.References.Count, Formats = ["png"] } : null,
            Source = "the operator's workflow and its bindings",
        };
        if (_bindings is { Width: [var width, ..], Height: [var height, ..] })
        {
            info = info with
            {
                Sizes = new SizeRule
                {
                    Default = new FrameSize((int)Number(_graph, width)!.Value, (int)Number(_graph, height)!.Value),
                    MinSide = Math.Max(width.Min ?? 64, height.Min ?? 64),
                    MaxSide = Math.Min(width.Max ?? 4_096, height.Max ?? 4_096),
                    Step = width.Step ?? height.Step ?? UsualStep,
                },
            };
        }

        return _bindings is not { Seconds: { } lengths, Frames: [var frames, ..] } ? info : info with
        {
            Durations = DurationRule.Between(lengths.Min, lengths.Max, lengths.Default ?? Math.Clamp((Number(_graph, frames)!.Value - frames.Plus) / _rate!.Value, lengths.Min, lengths.Max)),
        };
    }
}
