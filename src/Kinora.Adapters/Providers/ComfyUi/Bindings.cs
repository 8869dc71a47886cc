using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>Which inputs of a workflow's nodes are ours to set: <c>NAME.bindings.json</c>. What is bound can be asked for; what is not stays as it is in the graph.</summary>
/// <remarks>Settable, not only at birth: generated readers forget defaults of what can be set at birth only.</remarks>
internal sealed record Bindings
{
    /// <summary>One line for people; null for the file's name.</summary>
    public string? Title { get; init; }

    /// <summary><c>video</c> or <c>image</c>.</summary>
    public string Kind { get; set; } = "video";

    public Place[] Prompt { get; set => field = value ?? []; } = [];

    public Place[] Negative { get; set => field = value ?? []; } = [];

    public Place[] Seed { get; set => field = value ?? []; } = [];

    public Place[] Width { get; set => field = value ?? []; } = [];

    public Place[] Height { get; set => field = value ?? []; } = [];

    /// <summary>How many frames: the length asked for times the rate.</summary>
    public Place[] Frames { get; set => field = value ?? []; } = [];

    /// <summary>Where the graph says how many frames a second has; only read.</summary>
    public Place[] Fps { get; set => field = value ?? []; } = [];

    /// <summary>The same where no input of the graph says it.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Lengths that may be asked for; null: any.</summary>
    public Lengths? Seconds { get; init; }

    /// <summary>Inputs that name a picture. One that is bound must be given.</summary>
    public Place[] FirstFrame { get; set => field = value ?? []; } = [];

    public Place[] LastFrame { get; set => field = value ?? []; } = [];

    /// <summary>One for each reference picture, in order.</summary>
    public Place[] References { get; set => field = value ?? []; } = [];

    /// <summary>Id of the node whose file is the result.</summary>
    public string? Output { get; init; }

    /// <summary>Every bound place, with the name of its binding.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, Place Place)> All => new[]
    {
        ("prompt", Prompt), ("negative", Negative), ("seed", Seed), ("width", Width), ("height", Height), ("frames", Frames), ("fps", Fps),
        ("first_frame", FirstFrame), ("last_frame", LastFrame), ("references", References),
    }.SelectMany(binding => binding.Item2.Select(place => (binding.Item1, place)));
}

/// <summary>One input of one node.</summary>
internal sealed record Place
{
    public required string Node { get; init; }

    public required string Input { get; init; }

    /// <summary>Of sides and frames: a multiple of it, to which <see cref="Plus"/> is added (some models make 4n + 1 frames).</summary>
    public int? Step { get; init; }

    public int Plus { get; init; }

    public int? Min { get; init; }

    public int? Max { get; init; }
}

internal sealed record Lengths(double Min, double Max, double? Default = null);

/// <summary>One place, or a list of them.</summary>
internal sealed class PlacesReader : JsonConverter<Place[]>
{
    public override Place[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [JsonSerializer.Deserialize(ref reader, BindingsJson.Default.Place)!];
        }

        var places = new List<Place>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            places.Add(JsonSerializer.Deserialize(ref reader, BindingsJson.Default.Place) ?? throw new JsonException("A place is {\"node\":…,\"input\":…}."));
        }

        return [.. places];
    }

    public override void Write(Utf8JsonWriter writer, Place[] value, JsonSerializerOptions options) => throw new JsonException("Only read.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(PlacesReader)])]
[JsonSerializable(typeof(Bindings))]
[JsonSerializable(typeof(Place))]
internal sealed partial class BindingsJson : JsonSerializerContext;
