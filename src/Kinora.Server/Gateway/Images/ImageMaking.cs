using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Api;

namespace Kinora.Server.Gateway.Images;

/// <summary>OpenAI's operations whose answer is the picture.</summary>
internal sealed class ImageMaking(PictureWait wait, IAssetStore assets, ImageAnswer answer, TimeProvider time) : IApiRoutes
{
    private const string About = """
        Answers when the pictures are there: up to nine and a half minutes later, then with status 504, after which the same request waits on. A request that its client sends again is the first job:
        nothing is made or paid twice. A client that hangs up stops nothing; the job is in /api/images too. With stream the answer is a text/event-stream: comment lines while it is
        made, one event for each picture when it is whole, none before that, and an event named error where there is no result.
        """;

    public IEnumerable<ApiOperation> Operations =>
    [
        Making("/v1/images/generations", "openaiGenerateImages", "Make pictures from words, and wait for them", edits: false) with { Body = ImageParams.Generation },
        Making("/v1/images/edits", "openaiEditImages", "Change pictures, and wait for the result", edits: true) with
        {
            Body = ImageParams.Edit,
            Errors = [ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.UrlRefused, ErrorCodes.UrlFailed, ErrorCodes.NotReady, ErrorCodes.AssetMissing, .. OpenAiStyle.Ends],
        },
    ];

    private ApiOperation Making(string path, string name, string summary, bool edits) => new("POST", path, name, summary, call => MakeAsync(call, edits))
    {
        Tag = "OpenAI: images",
        Style = OpenAiStyle.Images,
        Access = ApiAccess.Create,
        StartsJob = true,
        About = About.ReplaceLineEndings(" "),
        Answer = new ApiAnswer(ImageAnswer.Shape, ImageAnswer.Example),
        Errors = [ErrorCodes.NotReady, ErrorCodes.AssetMissing, .. OpenAiStyle.Ends],
    };

    private async Task MakeAsync(ApiCall call, bool edits)
    {
        // Nothing of the order but these is kept through the wait: pictures in it are large.
        var (draft, streams, links) = ImageParams.Read(call, edits);
        var created = await wait.SubmitAsync(call, draft);
        await wait.AnswerAsync(call, () => streams
            ? StreamAsync(call, created, edits ? "image_edit" : "image_generation")
            : WholeAsync(call, created, links));
    }

    private async Task WholeAsync(ApiCall call, CreateResult created, bool links)
    {
        var job = Completed(await wait.EndAsync(call, created.Job));
        if (links)
        {
            await call.AnswerAsync(json => answer.WriteLinks(json, call, job, created.AlreadyThere));
            return;
        }

        await using var files = await MadeFiles.OpenAsync(assets, job, call.Cancel);
        await LargeJson.AnswerAsync(call.Context, json => ImageAnswer.WriteAsync(json, job, files.All, created.AlreadyThere, call.Cancel));
    }

    private async Task StreamAsync(ApiCall call, CreateResult created, string name)
    {
        var stream = await EventStream.StartAsync(call.Context, time);
        try
        {
            var job = Completed(await stream.WhileAsync(wait.EndAsync(call, created.Job, _ => { })));
            await using var files = await MadeFiles.OpenAsync(assets, job, call.Cancel);
            foreach (var file in files.All)
            {
                await stream.SendAsync($"{name}.completed", json => ImageAnswer.WriteEventAsync(json, $"{name}.completed", job, file, created.AlreadyThere, call.Cancel));
            }
        }
        catch (KinoraException fault)
        {
            await stream.SendAsync("error", json =>
            {
                json.Json.WriteStartObject();
                json.Json.WriteString("type", "error");
                json.Json.WriteStartObject("error");
                OpenAiStyle.Images.WriteFields(json.Json, fault);
                json.Json.WriteEndObject();
                json.Json.WriteEndObject();
                return Task.CompletedTask;
            });
        }
    }

    private static Job Completed(Job job) => job.Status == JobStatus.Completed ? job : throw PictureWait.FaultOf(job);
}
