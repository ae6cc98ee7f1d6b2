using Forum.Core;
using Forum.Core.Pipeline;
using Forum.Data;
using Forum.Web;
using Forum.Web.Http;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddForumData(Databases.Configured);
builder.Services.AddForumCore();
builder.Services.AddHostedService(provider => provider.GetRequiredService<DeliverEvents>());
builder.AddForumWeb();

var app = builder.Build();
await Databases.Open(app.Services);
app.UseForumWeb();
app.Run();
