namespace Kinora.Server.Api;

/// <summary>A group of operations. Found by being registered in <see cref="ApiSurface"/>.</summary>
internal interface IApiRoutes
{
    IEnumerable<ApiOperation> Operations { get; }
}
