using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>The events of a generation or an edit (openai-node 7.57.0, src/resources/images.ts).</summary>
/// <param name="name">What their names begin with: <c>image_generation</c>, <c>image_edit</c>.</param>
/// <param name="usage">The tokens of one picture.</param>
internal sealed class ImageStream(LabDesk desk, LabJob job, string name, Func<JsonObject> usage)
{
    /// <summary>Each picture by itself: those on the way to it, then itself. No event says which of several it is.</summary>
    /// <param name="picture">Where a finished picture is: <c>b64_json</c>.</param>
    /// <param name="error">The event that comes in place of the first finished picture, and ends all; null when all goes well.</param>
    public async IAsyncEnumerable<JsonObject> EventsAsync(Func<int, Task<JsonObject>> picture, JsonObject? error)
    {
        var wish = job.Wish!;
        for (var number = 0; number < wish.Count; number++)
        {
            for (var index = 0; index < wish.Partials; index++)
            {
                var partial = Event("partial_image", new JsonObject { ["b64_json"] = await wish.PartialAsync(desk, index) });
                partial["partial_image_index"] = index;
                yield return partial;
            }

            if (error is not null)
            {
                yield return error;
                yield break;
            }

            if (job.Script.Picture != "none")
            {
                var completed = Event("completed", await picture(number));
                completed["usage"] = usage();
                yield return completed;
            }
        }
    }

    private JsonObject Event(string kind, JsonObject more)
    {
        more["type"] = $"{name}.{kind}";
        more["created_at"] = desk.Clock.GetUtcNow().ToUnixTimeSeconds();
        job.Wish!.Describe(more);
        return more;
    }
}
