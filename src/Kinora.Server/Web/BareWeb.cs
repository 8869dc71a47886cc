namespace Kinora.Server.Web;

/// <summary>
/// A web server that brings no settings of its own. The usual builders read <c>appsettings.json</c> of the working folder and <c>ASPNETCORE_URLS</c>, and watch
/// every folder under the working folder for changes: a start in a large tree would cost thousands of watches, and each write of the database there an event.
/// </summary>
internal static class BareWeb
{
    public static WebApplicationBuilder NewBuilder()
    {
        // Not the working folder, which may be gone.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        return builder;
    }
}
