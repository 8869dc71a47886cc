using Kinora.Accounts;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Security;

namespace Kinora.Server.Api;

/// <summary>Files by signed links.</summary>
internal sealed class MediaRoutes(MediaLinks links, AccountService accounts, IJobStore jobs, IAssetStore assets) : IApiRoutes
{
    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", MediaFile.LinkPath + "{link}", "getMedia", "A file by a signed link", SendAsync)
        {
            Tag = "Media links",
            Access = ApiAccess.Anybody,
            About = "Links are made by linkVideo and linkImage; each opens one file for a few minutes. Ranges and HEAD work.",
            Answer = ApiAnswer.File,
            Errors = [ErrorCodes.NotFound],
        },
    ];

    private async Task SendAsync(ApiCall call)
    {
        if (links.Read(call.Part("link")) is { } link
            && await accounts.FindAsync(link.UserId, call.Cancel) is null or { DisabledAt: null }
            && await jobs.GetAsync(link.Job, link.UserId, call.Cancel) is { } job
            && job.Assets.FirstOrDefault(a => a.Role == link.Role && a.Index == link.Index) is { } asset)
        {
            await MediaFile.SendAsync(call.Context, assets, job, asset);
            return;
        }

        throw new KinoraException(ErrorCodes.NotFound, "This link does not work, or not any more. Ask for a new one.");
    }
}
