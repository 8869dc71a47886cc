using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>The events of a response, in the order of the real ones (openai-node 7.57.0, src/resources/responses/responses.ts, ResponseStreamEvent).</summary>
/// <param name="breaksOff">The event <c>error</c> comes in place of the result.</param>
internal sealed class ResponseStream(ResponseView view, ResponseItemEvents items, LabJob job, bool breaksOff)
{
    public async IAsyncEnumerable<JsonObject> EventsAsync()
    {
        var number = 0;
        await foreach (var one in UnnumberedAsync())
        {
            one["sequence_number"] = number++;
            yield return one;
        }
    }

    private async IAsyncEnumerable<JsonObject> UnnumberedAsync()
    {
        var background = ResponseView.InBackground(job);
        yield return await OpeningAsync("response.created", background ? LabState.Queued : LabState.Running);
        if (background)
        {
            yield return await OpeningAsync("response.queued", LabState.Queued);
        }

        yield return await OpeningAsync("response.in_progress", LabState.Running);
        var end = await WatchAsync();
        var status = (string)end["status"]!;
        if (breaksOff || status != "completed")
        {
            await foreach (var one in items.BeginAsync(ResponseView.BegunCall(ResponseView.CallIds(job)[0], "in_progress"), 0))
            {
                yield return one;
            }

            if (Last(status, end) is { } last)
            {
                yield return last;
            }

            yield break;
        }

        var output = end["output"]!.AsArray();
        for (var index = 0; index < output.Count; index++)
        {
            await foreach (var one in items.WholeAsync(output[index]!.AsObject(), index))
            {
                yield return one;
            }
        }

        yield return new JsonObject { ["type"] = "response.completed", ["response"] = end };
    }

    private async Task<JsonObject> OpeningAsync(string type, LabState state)
    {
        var response = await view.WriteAsync(job, state);
        response["output"] = new JsonArray();
        return new JsonObject { ["type"] = type, ["response"] = response };
    }

    // A stream is one long look.
    private Task<JsonObject> WatchAsync()
    {
        while (job.State != LabState.Ended)
        {
            job.Look();
        }

        return view.WriteAsync(job, LabState.Ended);
    }

    // There is no event for a response that was cancelled: its stream just ends.
    private JsonObject? Last(string status, JsonObject end) =>
        breaksOff ? new JsonObject { ["type"] = "error", ["code"] = "server_error", ["message"] = "The script said so.", ["param"] = null }
        : status is "failed" or "incomplete" ? new JsonObject { ["type"] = "response." + status, ["response"] = end }
        : null;
}
