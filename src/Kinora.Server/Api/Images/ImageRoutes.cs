using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Schema;
using Kinora.Server.Security;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Images;

/// <summary>Pictures: made, changed, looked at, removed.</summary>
internal sealed class ImageRoutes(GenerationService generation, IAssetStore assets, MediaLinks links, ModelCatalog catalog) : IApiRoutes
{
    private const string Tag = "Images";

    public static ApiAnswer Row { get; } = new(ImageRow.Shape, ImageRow.Example);

    private static IntegerParam Index { get; } = new("index", 0, 99) { Default = 0, About = "Which of the job's pictures" };

    public IEnumerable<ApiOperation> Operations =>
    [
        new("POST", "/api/images", "createImage", "Make pictures, or change some", CreateAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            StartsJob = true,
            About = "Answers as soon as the job is stored. With image or from_image_id pictures are changed, else drawn from words alone.",
            Body = ImageParams.Create,
            Answer = Row,
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.UrlRefused, ErrorCodes.UrlFailed],
        },
        new("GET", "/api/images", "listImages", "Your image jobs, newest first", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            Query = JobRoutes.ListParams,
            Answer = JobRoutes.PageOf("images", ImageRow.Shape, ImageRow.Example),
        },
        new("GET", "/api/images/{id}", "getImage", "One image job", GetAsync) { Tag = Tag, Access = ApiAccess.Read, Answer = Row, Errors = [ErrorCodes.NotFound] },
        new("GET", "/api/images/{id}/content", "getImageContent", "A picture's file", ContentAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            Query = [Index],
            Answer = ApiAnswer.File,
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing],
        },
        new("POST", "/api/images/{id}/link", "linkImage", "An address for pages, good for a few minutes", LinkAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            Body = new ApiBody(Index) { Example = """{"index":0}""" },
            Answer = MediaFile.LinkAnswer,
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady],
        },
        new("POST", "/api/images/{id}/cancel", "cancelImage", "Ask for an image job to be stopped", CancelAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            Answer = Row,
            Errors = [ErrorCodes.NotFound, ErrorCodes.InvalidRequest, ErrorCodes.UnsupportedByModel],
        },
        new("DELETE", "/api/images/{id}", "deleteImage", "Remove an image job and its files for good", DeleteAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            Query = [new FlagParam("cancel_first")],
            Answer = new ApiAnswer(Schema.Shape.Object(("success", Flag)), """{"success":true}"""),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotTerminal],
        },
    ];

    /// <summary>Not with the request's token: a client that hangs up must not leave a create half done.</summary>
    private async Task CreateAsync(ApiCall call)
    {
        var created = await generation.SubmitAsync(call.Caller, ImageParams.Draft(call), CancellationToken.None);
        await call.AnswerAsync(json => ImageRow.Write(json, created.Job, created.AlreadyThere));
    }

    private async Task ListAsync(ApiCall call)
    {
        var query = await JobRoutes.QueryAsync(call, MediaKind.Image, catalog);
        var page = await generation.ListAsync(call.Caller, query, call.Cancel);
        await JobRoutes.AnswerPageAsync(call, query, page, "images", (json, job) => ImageRow.Write(json, job));
    }

    private async Task GetAsync(ApiCall call)
    {
        var job = await FindAsync(call);
        await call.AnswerAsync(json => ImageRow.Write(json, job));
    }

    private async Task ContentAsync(ApiCall call)
    {
        var (job, picture) = await PictureAsync(call);
        await MediaFile.SendAsync(call.Context, assets, job, picture);
    }

    private async Task LinkAsync(ApiCall call)
    {
        var (_, picture) = await PictureAsync(call);
        await MediaFile.AnswerLinkAsync(call, links, picture);
    }

    private async Task CancelAsync(ApiCall call)
    {
        await FindAsync(call);
        var job = await generation.CancelAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(json => ImageRow.Write(json, job));
    }

    private async Task DeleteAsync(ApiCall call) => await JobRoutes.DeleteAsync(generation, call, await FindAsync(call));

    private async Task<(Job Job, Asset Picture)> PictureAsync(ApiCall call)
    {
        var job = await FindAsync(call);
        if (job.Status != JobStatus.Completed)
        {
            throw new KinoraException(ErrorCodes.NotReady, "Image is not ready yet");
        }

        var index = call.Arguments.Integer("index");
        return job.Assets.FirstOrDefault(a => a.Role == AssetRole.Image && a.Index == index) is { } picture
            ? (job, picture)
            : throw new KinoraException(ErrorCodes.FileNotFound, "File not found");
    }

    private async Task<Job> FindAsync(ApiCall call)
    {
        try
        {
            return await generation.GetAsync(call.Caller, call.Id, MediaKind.Image, call.Cancel);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            throw new KinoraException(ErrorCodes.NotFound, "Image not found");
        }
    }
}
