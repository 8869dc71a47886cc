using Kinora.Server.Api.Accounts;
using Kinora.Server.Api.Hooks;
using Kinora.Server.Api.Images;
using Kinora.Server.Api.Status;
using Kinora.Server.Api.Videos;

namespace Kinora.Server.Api;

/// <summary>The whole REST API of one server.</summary>
internal sealed class ApiSurface
{
    private static readonly Type[] _groups =
    [
        typeof(AuthRoutes), typeof(VideoMaking), typeof(VideoRoutes), typeof(VideoFiles), typeof(SpendRoutes), typeof(ImageRoutes), typeof(SessionRoutes), typeof(ReferenceRoutes), typeof(WebhookRoutes), typeof(KeyRoutes), typeof(UserRoutes),
        typeof(MediaRoutes), typeof(ServerRoutes), typeof(UnknownJobRoutes),
        typeof(Gateway.VideoMaking), typeof(Gateway.VideoRoutes), typeof(Gateway.CharacterRoutes), typeof(Gateway.FileRoutes), typeof(Gateway.ModelRoutes), typeof(Gateway.Images.ImageMaking),
        typeof(Gateway.Responses.ResponseMaking), typeof(Gateway.Responses.ResponseRoutes),
    ];

    /// <param name="services">Of the product, <see cref="Security"/> included.</param>
    public ApiSurface(IServiceProvider services) => Operations =
    [
        .. _groups.Select(type => (IApiRoutes)ActivatorUtilities.CreateInstance(services, type)).SelectMany(group => group.Operations),
        .. new DescriptionRoutes(() => Operations!).Operations,
    ];

    /// <summary>In the order of the documents.</summary>
    public IReadOnlyList<ApiOperation> Operations { get; }
}
