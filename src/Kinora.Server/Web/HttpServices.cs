using Kinora.Server.Api;
using Kinora.Server.Api.Videos;
using Kinora.Server.Gateway;
using Kinora.Server.Gateway.Images;
using Kinora.Server.Health;
using Kinora.Server.Realtime;
using Kinora.Server.Security;
using Kinora.Server.Telemetry;

namespace Kinora.Server.Web;

/// <summary>What the HTTP doors need beside the product itself.</summary>
internal static class HttpServices
{
    public static IServiceCollection AddHttpDoors(this IServiceCollection services) => services
        .AddSingleton<PrometheusText>()
        .AddSingleton<StopSignal>()
        .AddSingleton<Readiness>()
        .AddSingleton<TokenKeys>()
        .AddSingleton<SignInTokens>()
        .AddSingleton<MediaLinks>()
        .AddSingleton<OwnPages>()
        .AddSingleton<Identities>()
        .AddSingleton<ISocketAccess, SocketAccess>()
        .AddSingleton<LargeBodies>()
        .AddSingleton<PollAdvice>()
        .AddSingleton<LostAnswers>()
        .AddSingleton<PictureWait>()
        .AddSingleton<ImageAnswer>()
        .AddSingleton<IVideoRowWriter, VideoRowWriter>()
        .AddSingleton<SocketHub>();
}
