using System.Text.Json.Nodes;
using Kinora.Catalog;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>What a create asked for, as the lab makes it.</summary>
internal sealed record TaskWish(string Model, FrameSize Size, double Seconds)
{
    /// <summary>The job it was edited or extended from.</summary>
    public string? Source { get; init; }

    /// <summary>The id that the client chose itself; null where the vendor gives one.</summary>
    public string? Id { get; init; }

    /// <summary>The pictures it makes; null for a video.</summary>
    public ImageWish? Images { get; init; }

    /// <summary>What the vendor shows again of the request; null where it shows nothing.</summary>
    public JsonObject? Echo { get; init; }

    /// <summary>A frame named by two words, as most vendors have it: the shorter side and the ratio.</summary>
    /// <param name="resolution"><c>720p</c>, <c>2K</c>; null or anything else: 720.</param>
    /// <param name="ratio"><c>16:9</c>; null or anything else: that.</param>
    public static FrameSize Frame(string? resolution, string? ratio)
    {
        var side = resolution?.ToUpperInvariant() switch { "1K" => 1024, "2K" => 1440, "4K" => 2160, { } word when int.TryParse(word.TrimEnd('P'), out var lines) => lines, _ => 720 };
        var parts = ratio?.Split(':');
        var (across, down) = parts is [var a, var b] && double.TryParse(a, out var x) && double.TryParse(b, out var y) && x > 0 && y > 0 ? (x, y) : (16.0, 9.0);
        return across >= down ? new FrameSize(Even(side * across / down), side) : new FrameSize(side, Even(side * down / across));
    }

    private static int Even(double side) => 2 * (int)Math.Round(side / 2, MidpointRounding.AwayFromZero);
}

/// <summary>How a job is to be shown.</summary>
/// <param name="Progress">0 to 100; more when a fault says so.</param>
/// <param name="Word">A word that nobody knows, to be said in place of the vendor's own; null for that.</param>
internal sealed record TaskLook(LabState State, int Progress, string? Word)
{
    /// <summary>The vendor's word for the state.</summary>
    public string Say(string queued, string running, string ended) => Word ?? (State switch { LabState.Queued => queued, LabState.Running => running, _ => ended });
}

/// <summary>A create that the vendor turns away.</summary>
internal sealed class TaskRefusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;
}
