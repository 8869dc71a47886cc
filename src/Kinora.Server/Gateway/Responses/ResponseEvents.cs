using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Server.Gateway.Responses;

/// <summary>The events of a response in the order of the original's (openai-node 7.57.0, <c>ResponseStreamEvent</c>), numbered from 0. None has a picture before it is whole.</summary>
internal sealed class ResponseEvents(EventStream stream, CreateResult created, CancellationToken cancel)
{
    private const string Tool = "response.image_generation_call";

    private int _number;

    private Job Job => created.Job;

    public async Task OpenAsync()
    {
        await SendResponseAsync("response.created", Job, []);
        if (ResponseNote.Of(Job).Background)
        {
            await SendResponseAsync("response.queued", Job, []);
        }

        await SendResponseAsync("response.in_progress", Job, []);
        await SendItemAsync("response.output_item.added", Job, 0, "in_progress", file: null);
        await SendAsync(Tool + ".in_progress", 0);
    }

    public Task GeneratingAsync() => SendAsync(Tool + ".generating", 0);

    public async Task EndAsync(Job job, IReadOnlyList<MadeFile> files)
    {
        if (job.Status != JobStatus.Completed)
        {
            // There is no event for one that was cancelled; its status says so.
            await SendItemAsync("response.output_item.done", job, 0, "failed", file: null);
            await SendResponseAsync("response.failed", job, files, begun: false);
            return;
        }

        for (var index = 0; index < files.Count; index++)
        {
            if (index > 0)
            {
                await SendItemAsync("response.output_item.added", job, index, "in_progress", file: null);
            }

            await SendAsync(Tool + ".completed", index);
            await SendItemAsync("response.output_item.done", job, index, "completed", files[index]);
        }

        if (ResponseObject.RemarksOf(job) is { } remarks)
        {
            foreach (var name in (string[])["response.output_item.added", "response.output_item.done"])
            {
                await SendAsync(name, json =>
                {
                    json.Json.WriteNumber("output_index", files.Count);
                    json.Json.WritePropertyName("item");
                    ResponseObject.WriteMessage(json.Json, job, remarks);
                    return Task.CompletedTask;
                });
            }
        }

        await SendResponseAsync("response.completed", job, files, begun: false);
    }

    public Task ErrorAsync(KinoraException fault) => SendAsync("error", json =>
    {
        json.Json.WriteString("code", fault.Code);
        json.Json.WriteString("message", fault.Message);
        json.Json.WriteNull("param");
        return Task.CompletedTask;
    });

    private Task SendResponseAsync(string name, Job job, IReadOnlyList<MadeFile> files, bool begun = true) => SendAsync(name, json =>
    {
        json.Json.WritePropertyName("response");
        return ResponseObject.WriteAsync(json, job, files, created.AlreadyThere, cancel, begun);
    });

    private Task SendItemAsync(string name, Job job, int index, string status, MadeFile? file) => SendAsync(name, json =>
    {
        json.Json.WriteNumber("output_index", index);
        json.Json.WritePropertyName("item");
        return ResponseObject.WriteCallAsync(json, job, index, status, file, cancel);
    });

    private Task SendAsync(string name, int index) => SendAsync(name, json =>
    {
        json.Json.WriteNumber("output_index", index);
        json.Json.WriteString("item_id", ResponseIds.OfCall(Job.Id, index));
        return Task.CompletedTask;
    });

    private Task SendAsync(string name, Func<LargeJson, Task> write) => stream.SendAsync(name, async json =>
    {
        json.Json.WriteStartObject();
        json.Json.WriteString("type", name);
        json.Json.WriteNumber("sequence_number", _number++);
        await write(json);
        json.Json.WriteEndObject();
    });
}
